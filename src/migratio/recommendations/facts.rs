//! What a profile says on a day about what programmes ask for: each criterion's value, or that it is not known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use serde::{
    Deserialize,
    de::{IntoDeserializer, value::Error},
};

use super::scores::Candidate;
use crate::migratio::{
    ApplicationOutcome, CriterionType, DegreeType, Education, EligibilityCriterion, EmploymentType,
    FinancialResources, ImmigrationHistory, LanguageProficiency, PersonalInfo, ProfilePreferences,
    Relationship, Travel, WorkExperience,
};

/// Hours of a week that count as all of it.
const FULL_WEEK: f64 = 40.0;
/// Hours of a week in part, where nobody says how many.
const PART_WEEK: f64 = 20.0;

/// What units of money are worth in US dollars.
pub type Rates = BTreeMap<String, f64>;

/// A profile as its snapshot has it; what is absent was not filled in.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    pub personal_info: Option<PersonalInfo>,
    pub education: Option<Vec<Education>>,
    pub work_experience: Option<Vec<WorkExperience>>,
    pub language_proficiency: Option<Vec<LanguageProficiency>>,
    pub financial_resources: Option<FinancialResources>,
    pub immigration_history: Option<ImmigrationHistory>,
    pub preferences: Option<ProfilePreferences>,
}

/// A profile on a day, and what money is worth then.
pub struct Facts<'a> {
    pub profile: &'a Profile,
    rates: &'a Rates,
    today: NaiveDate,
    /// Work of any occupation, which most programmes ask about.
    years_of_work: Option<f64>,
}

impl<'a> Facts<'a> {
    pub fn new(profile: &'a Profile, rates: &'a Rates, today: NaiveDate) -> Self {
        let years_of_work =
            profile.work_experience.as_deref().map(|jobs| years(jobs.iter(), today));
        Self { profile, rates, today, years_of_work }
    }

    /// What a unit of this currency is worth in US dollars; none: nobody says.
    pub fn usd_per_unit(&self, currency: &str) -> Option<f64> {
        if currency == "USD" { Some(1.0) } else { self.rates.get(currency).copied() }
    }

    /// The value that a criterion of a programme looks at; none: the profile does not tell.
    pub fn value(&self, criterion: &EligibilityCriterion, of: &Candidate) -> Option<f64> {
        match criterion.criterion_type {
            CriterionType::Age => self.age(),
            CriterionType::Education => self.education(),
            CriterionType::WorkExperience => self.work(criterion.subject.as_deref()),
            CriterionType::Language => self.language(criterion, of),
            CriterionType::Financial => self.money(criterion),
            CriterionType::Family => self.family(criterion.subject.as_deref(), &of.country_code),
            CriterionType::Other => self.history(criterion.subject.as_deref()?),
        }
    }

    fn age(&self) -> Option<f64> {
        let born = self.profile.personal_info.as_ref()?.date_of_birth?;
        self.today.years_since(born).map(f64::from)
    }

    fn education(&self) -> Option<f64> {
        let studies = self.profile.education.as_ref()?;
        let completed = studies.iter().filter(|one| one.is_completed);
        Some(f64::from(completed.map(|one| isced(one.degree_type)).max().unwrap_or(0)))
    }

    fn work(&self, occupation: Option<&str>) -> Option<f64> {
        let Some(code) = occupation.map(str::trim) else { return self.years_of_work };
        let jobs = self.profile.work_experience.as_ref()?;
        let such = |job: &&WorkExperience| {
            job.occupation_code.as_ref().is_some_and(|own| own.trim().starts_with(code))
        };
        Some(years(jobs.iter().filter(such), self.today))
    }

    fn language(&self, criterion: &EligibilityCriterion, of: &Candidate) -> Option<f64> {
        let spoken = self.profile.language_proficiency.as_ref().filter(|all| !all.is_empty())?;
        let wanted = |one: &&LanguageProficiency| match criterion.subject.as_deref() {
            Some(language) => primary(language) == primary(&one.language),
            None => {
                of.country_languages.is_empty()
                    || of
                        .country_languages
                        .iter()
                        .any(|official| primary(official) == primary(&one.language))
            }
        };
        let such = spoken.iter().filter(wanted);
        match test(criterion) {
            None => Some(such.map(level).max().map_or(0.0, f64::from)),
            Some(name) => such
                .filter_map(|one| one.formal_test.as_ref())
                .filter(|test| test.test_type.trim().to_lowercase() == name.to_lowercase())
                .filter(|test| test.test_date <= self.today)
                .filter(|test| test.expiry_date.is_none_or(|last| last >= self.today))
                .filter_map(|test| test.results.overall)
                .max_by(f64::total_cmp),
        }
    }

    fn money(&self, criterion: &EligibilityCriterion) -> Option<f64> {
        let means = self.profile.financial_resources.as_ref()?;
        let amount = match criterion.subject.as_deref() {
            None | Some("liquidAssets") => means.liquid_assets,
            Some("annualIncome") => means.annual_income,
            Some("netWorth") => means.net_worth,
            Some(_) => None,
        }?;
        let wanted = currency(criterion);
        if wanted == means.currency {
            return Some(amount);
        }
        let rate = self.usd_per_unit(&means.currency)? / self.usd_per_unit(wanted)?;
        Some(hundredths(amount * rate)).filter(|amount| amount.is_finite())
    }

    fn family(&self, relationship: Option<&str>, country: &str) -> Option<f64> {
        let wanted = relationship.map(relation).transpose().ok()?;
        let members = &self.profile.personal_info.as_ref()?.family_members;
        let there = members.iter().filter(|member| {
            member.country_code.as_deref() == Some(country)
                && wanted.is_none_or(|wanted| wanted == member.relationship)
        });
        Some(count(there))
    }

    fn history(&self, subject: &str) -> Option<f64> {
        let history = self.profile.immigration_history.as_ref()?;
        match subject {
            "violations" => Some(count(history.violations.iter())),
            "refusals" => Some(count(
                history
                    .previous_applications
                    .iter()
                    .filter(|one| one.outcome == ApplicationOutcome::Refused),
            )),
            "travel" => {
                let begun = |one: &&Travel| one.entry_date.is_none_or(|day| day <= self.today);
                let journeys = history.travel_history.iter().filter(begun);
                let countries: BTreeSet<&str> =
                    journeys.map(|one| one.country_code.as_str()).collect();
                Some(count(countries.iter()))
            }
            _ => None,
        }
    }
}

/// The test that a criterion on a language asks for; none: a level of the Common European Framework of Reference.
pub fn test(criterion: &EligibilityCriterion) -> Option<&str> {
    criterion
        .unit
        .as_deref()
        .map(str::trim)
        .filter(|unit| !unit.is_empty() && !unit.eq_ignore_ascii_case("CEFR"))
}

/// The currency of a criterion on money.
pub fn currency(criterion: &EligibilityCriterion) -> &str {
    criterion.unit.as_deref().map_or("USD", str::trim)
}

/// A language without what a tag says of its script and region.
fn primary(tag: &str) -> String {
    tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase()
}

fn level(language: &LanguageProficiency) -> u8 {
    // A first language is as good as the highest level.
    (language.proficiency_level as u8 + 1).min(6)
}

/// The level of a degree by ISCED 2011.
const fn isced(degree: DegreeType) -> u8 {
    match degree {
        DegreeType::HighSchool => 3,
        DegreeType::Certificate => 4,
        DegreeType::Diploma => 5,
        DegreeType::Bachelor => 6,
        DegreeType::Master => 7,
        DegreeType::Doctorate => 8,
    }
}

fn relation(name: &str) -> Result<Relationship, Error> {
    Relationship::deserialize(name.into_deserializer())
}

fn count<T>(items: impl Iterator<Item = T>) -> f64 {
    items.fold(0.0, |count, _| count + 1.0)
}

/// To two decimals.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Years of work in full time until a day: no month counts more than once, and of a month no more than was worked.
fn years<'a>(jobs: impl Iterator<Item = &'a WorkExperience>, today: NaiveDate) -> f64 {
    let mut months: BTreeMap<(i32, u32), f64> = BTreeMap::new();
    for job in jobs {
        let Some(end) = job.end_date.or(job.is_current_job.then_some(today)) else { continue };
        let end = end.min(today);
        let mut day = job.start_date;
        while day <= end {
            let length = u32::from(day.num_days_in_month());
            let last = end.min(day + Days::new(u64::from(length - day.day())));
            let share = f64::from(last.day() - day.day() + 1) / f64::from(length);
            *months.entry((day.year(), day.month())).or_default() += share * part(job);
            day = last + Days::new(1);
        }
    }
    hundredths(months.values().fold(0.0, |all, worked| all + worked.min(1.0)) / 12.0)
}

/// How much of a week is worked.
fn part(job: &WorkExperience) -> f64 {
    let usual = match job.employment_type {
        EmploymentType::PartTime => PART_WEEK,
        _ => FULL_WEEK,
    };
    job.hours_per_week.unwrap_or(usual).min(FULL_WEEK) / FULL_WEEK
}
