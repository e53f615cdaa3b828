//! Who wants to go, and with what: one profile per user, in eight sections.

mod background;
mod person;
mod wishes;

pub use background::{
    ApplicationOutcome, CredentialStatus, DegreeType, Education, EmploymentType,
    FinancialResources, FormalTest, ImmigrationHistory, LanguageProficiency, PreviousApplication,
    ProficiencyLevel, TestResults, Travel, Violation, WorkExperience,
};
pub use person::{
    AdditionalAttributes, ContactInformation, CriminalRecord, FamilyMember, Gender, Health,
    MaritalStatus, MilitaryService, PersonalInfo, Relationship, Residence,
};
pub use wishes::{
    BudgetRange, Destination, LocationPreferences, PathwayType, PriorityFactor, ProfilePreferences,
    Timeframe,
};
