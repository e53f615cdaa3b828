//! The ways to immigrate that countries offer. All read them, content managers write.

mod parts;

pub use parts::{
    ApplicationStep, Cost, CriterionType, EligibilityCriterion, PredictedProcessingTime,
    PredictedSuccessRate, ProcessingTime, SuccessRate,
};
