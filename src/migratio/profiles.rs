//! Who wants to go, and with what: one profile per user, in eight sections.

mod background;
mod history;
mod languages;
mod parts;
mod person;
mod wishes;

pub use background::{
    CredentialStatus, DegreeType, Education, EmploymentType, FinancialResources, WorkExperience,
};
pub use history::{ApplicationOutcome, ImmigrationHistory, PreviousApplication, Travel, Violation};
pub use languages::{FormalTest, LanguageProficiency, ProficiencyLevel, TestResults};
pub use parts::{Assessment, ExpertiseLevel, PreliminaryScores, ProfileMetadata};
pub use person::{
    AdditionalAttributes, ContactInformation, CriminalRecord, FamilyMember, Gender, Health,
    MaritalStatus, MilitaryService, PersonalInfo, Relationship, Residence,
};
pub use wishes::{
    BudgetRange, Destination, LocationPreferences, PathwayType, PriorityFactor, ProfilePreferences,
    Timeframe,
};
