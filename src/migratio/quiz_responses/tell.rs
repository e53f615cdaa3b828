//! What answers tell, put into the sections of a profile. What they do not tell stays as it is.

use std::collections::HashMap;

use chrono::{Months, NaiveDate};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::sections::Sections;
use crate::migratio::{
    BudgetRange, CredentialStatus, DegreeType, Education, EmploymentType, FinancialResources,
    LanguageProficiency, PathwayType, ProficiencyLevel, ProfileFact, Residence, WorkExperience,
    questions::label,
};

/// What amounts are in when nobody says.
const CURRENCY: &str = "USD";

/// The employer in a profile, where only the occupation is known.
const EMPLOYER: &str = "Not stated";

/// The most countries that a profile has somebody be a citizen of.
const NATIONALITIES: usize = 10;

/// Facts as they were told, on a day.
pub struct Told<'a> {
    facts: &'a HashMap<ProfileFact, &'a Value>,
    today: NaiveDate,
    written: Vec<ProfileFact>,
}

impl<'a> Told<'a> {
    /// Puts the facts into the sections; those that reached them.
    pub fn put(
        facts: &'a HashMap<ProfileFact, &'a Value>,
        today: NaiveDate,
        sections: &mut Sections,
    ) -> Vec<ProfileFact> {
        let mut told = Self { facts, today, written: Vec::new() };
        told.person(sections);
        told.studies(sections);
        told.work(sections);
        told.languages(sections);
        told.means(sections);
        told.history(sections);
        told.wishes(sections);
        told.written.sort_by_key(|fact| *fact as u8);
        told.written
    }

    fn text(&self, fact: ProfileFact) -> Option<String> {
        self.facts.get(&fact)?.as_str().map(str::to_owned)
    }

    fn label<T: DeserializeOwned>(&self, fact: ProfileFact) -> Option<T> {
        label(self.facts.get(&fact)?.as_str()?)
    }

    fn number(&self, fact: ProfileFact) -> Option<f64> {
        self.facts.get(&fact)?.as_f64()
    }

    fn boolean(&self, fact: ProfileFact) -> Option<bool> {
        self.facts.get(&fact)?.as_bool()
    }

    fn texts(&self, fact: ProfileFact) -> Option<Vec<String>> {
        let values = self.facts.get(&fact)?.as_array()?;
        Some(values.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    fn person(&mut self, sections: &mut Sections) {
        use ProfileFact::{CurrentResidence, DateOfBirth, Gender, MaritalStatus, Nationality};
        let facts = [DateOfBirth, Gender, MaritalStatus, Nationality, CurrentResidence];
        let told: Vec<_> = facts.into_iter().filter(|fact| self.facts.contains_key(fact)).collect();
        if told.is_empty() {
            return;
        }
        let person = sections.personal_info.get_or_insert_default();
        person.date_of_birth = self.label(DateOfBirth).or(person.date_of_birth);
        person.gender = self.label(Gender).or(person.gender);
        person.marital_status = self.label(MaritalStatus).or(person.marital_status);
        if let Some(code) = self.text(Nationality) {
            // The others stay: the quiz asks for one.
            person.nationalities.retain(|other| *other != code);
            person.nationalities.insert(0, code);
            person.nationalities.truncate(NATIONALITIES);
        }
        let moved = |code: &String| {
            person.current_residence.as_ref().is_none_or(|home| home.country_code != *code)
        };
        if let Some(country_code) = self.text(CurrentResidence).filter(moved) {
            person.current_residence =
                Some(Residence { country_code, city: None, status: None, since: None });
        }
        self.written.extend(told);
    }

    /// The highest degree is completed, unless a higher one is; what was studied for it is told of none but that.
    fn studies(&mut self, sections: &mut Sections) {
        let degree: Option<DegreeType> = self.label(ProfileFact::HighestEducation);
        let field = self.text(ProfileFact::FieldOfStudy);
        // A list with nothing in it says that nothing was studied: none must come of what tells nothing.
        if degree.is_none() && (field.is_none() || sections.education.is_none()) {
            return;
        }
        let mut studies = sections.education.take();
        let list = studies.get_or_insert_default();
        let highest = list.iter().enumerate().filter(|(_, one)| one.is_completed);
        let highest = highest.max_by_key(|(_, one)| one.degree_type as u8).map(|(at, _)| at);
        let rank = highest.map(|at| list[at].degree_type as u8);
        let at = match degree {
            Some(degree) if rank.is_some_and(|rank| rank > degree as u8) => None,
            Some(degree) => {
                self.written.push(ProfileFact::HighestEducation);
                if rank == Some(degree as u8) {
                    highest
                } else {
                    list.push(completed(degree));
                    list.len().checked_sub(1)
                }
            }
            None => highest,
        };
        if let Some((at, field)) = at.zip(field) {
            list[at].field_of_study = Some(field);
            self.written.push(ProfileFact::FieldOfStudy);
        }
        sections.education = studies;
    }

    /// Tells of work only where the profile does not: whoever has worked for no year has worked nowhere.
    fn work(&mut self, sections: &mut Sections) {
        use ProfileFact::{Occupation, YearsOfExperience};
        if sections.work_experience.as_ref().is_some_and(|work| !work.is_empty()) {
            return;
        }
        let Some(years) = self.number(YearsOfExperience) else { return };
        if years == 0.0 {
            sections.work_experience = Some(Vec::new());
            self.written.push(YearsOfExperience);
            return;
        }
        let started = months(years).and_then(|months| self.today.checked_sub_months(months));
        if let Some((job_title, start_date)) = self.text(Occupation).zip(started) {
            sections.work_experience = Some(vec![current(job_title, start_date)]);
            self.written.extend([Occupation, YearsOfExperience]);
        }
    }

    fn languages(&mut self, sections: &mut Sections) {
        let asked = [
            ("en", ProfileFact::EnglishLevel),
            ("fr", ProfileFact::FrenchLevel),
            ("de", ProfileFact::GermanLevel),
        ];
        for (language, fact) in asked {
            let Some(level) = self.label(fact) else { continue };
            speak(sections.language_proficiency.get_or_insert_default(), language, level);
            self.written.push(fact);
        }
    }

    fn means(&mut self, sections: &mut Sections) {
        use ProfileFact::{AnnualIncome, FinancialCurrency, HasFinancialSupport, LiquidAssets};
        let facts = [LiquidAssets, AnnualIncome, FinancialCurrency, HasFinancialSupport];
        let told: Vec<_> = facts.into_iter().filter(|fact| self.facts.contains_key(fact)).collect();
        if told.is_empty() {
            return;
        }
        let currency = self.text(FinancialCurrency);
        let means = sections.financial_resources.get_or_insert_with(|| FinancialResources {
            currency: self.currency(ProfileFact::BudgetCurrency),
            liquid_assets: None,
            annual_income: None,
            net_worth: None,
            has_financial_support: false,
        });
        if let Some(currency) = currency {
            means.currency = currency;
        }
        means.liquid_assets = self.number(LiquidAssets).or(means.liquid_assets);
        means.annual_income = self.number(AnnualIncome).or(means.annual_income);
        means.has_financial_support =
            self.boolean(HasFinancialSupport).unwrap_or(means.has_financial_support);
        self.written.extend(told);
    }

    /// Whoever never applied has a history with nothing in it; what was applied for, the profile alone can say.
    fn history(&mut self, sections: &mut Sections) {
        let none = self.boolean(ProfileFact::PreviousApplication) == Some(false);
        if none && sections.immigration_history.is_none() {
            sections.immigration_history = Some(Default::default());
            self.written.push(ProfileFact::PreviousApplication);
        }
    }

    fn wishes(&mut self, sections: &mut Sections) {
        use ProfileFact::{
            BudgetCurrency, BudgetMax, DestinationCountries, PathwayTypes, Timeframe,
        };
        sections.destinations = self.texts(DestinationCountries);
        self.written.extend(sections.destinations.as_ref().map(|_| DestinationCountries));
        let facts = [PathwayTypes, Timeframe, BudgetMax, BudgetCurrency];
        let told: Vec<_> = facts.into_iter().filter(|fact| self.facts.contains_key(fact)).collect();
        if told.is_empty() {
            return;
        }
        let wishes = sections.preferences.get_or_insert_default();
        if let Some(types) = self.texts(PathwayTypes) {
            let ranked = types.into_iter().zip(1..);
            let pathway = |(r#type, preference_rank)| PathwayType { r#type, preference_rank };
            wishes.pathway_types = ranked.map(pathway).collect();
        }
        wishes.timeframe = self.label(Timeframe).or(wishes.timeframe);
        if told.contains(&BudgetMax) || told.contains(&BudgetCurrency) {
            self.budget(&mut wishes.budget_range);
        }
        self.written.extend(told);
    }

    fn budget(&self, budget: &mut Option<BudgetRange>) {
        let budget = budget.get_or_insert_with(|| BudgetRange {
            currency: self.currency(ProfileFact::FinancialCurrency),
            min: None,
            max: None,
        });
        if let Some(currency) = self.text(ProfileFact::BudgetCurrency) {
            budget.currency = currency;
        }
        budget.max = self.number(ProfileFact::BudgetMax).or(budget.max);
        budget.min = budget.min.filter(|min| budget.max.is_none_or(|max| *min <= max));
    }

    /// The currency that was told of other amounts, or the usual one.
    fn currency(&self, of: ProfileFact) -> String {
        self.text(of).unwrap_or_else(|| CURRENCY.to_owned())
    }
}

fn completed(degree_type: DegreeType) -> Education {
    Education {
        degree_type,
        field_of_study: None,
        institution: None,
        country_code: None,
        start_date: None,
        end_date: None,
        is_completed: true,
        credential_status: CredentialStatus::default(),
    }
}

fn current(job_title: String, start_date: NaiveDate) -> WorkExperience {
    WorkExperience {
        job_title,
        employer: EMPLOYER.to_owned(),
        country_code: None,
        occupation_code: None,
        duties: Vec::new(),
        skills: Vec::new(),
        start_date,
        end_date: None,
        is_current_job: true,
        hours_per_week: None,
        employment_type: EmploymentType::default(),
        extracted_duties_summary: None,
        extracted_skills: Vec::new(),
    }
}

/// Sets the level of a language, in whichever of its forms it is there; a test that says otherwise stays.
fn speak(languages: &mut Vec<LanguageProficiency>, language: &str, level: ProficiencyLevel) {
    let exact = languages.iter().position(|one| one.language.eq_ignore_ascii_case(language));
    let form = |one: &LanguageProficiency| {
        one.language.split('-').next().is_some_and(|main| main.eq_ignore_ascii_case(language))
    };
    match exact.or_else(|| languages.iter().position(form)) {
        Some(at) => languages[at].proficiency_level = level,
        None => languages.push(LanguageProficiency {
            language: language.to_owned(),
            is_primary: false,
            proficiency_level: level,
            formal_test: None,
        }),
    }
}

/// Years in months, rounded.
fn months(years: f64) -> Option<Months> {
    format!("{:.0}", years * 12.0).parse().ok().map(Months::new)
}
