//! What made-up jobs are made of.

/// Kind of work: title without its grade, salary in thousands for a beginner, tags, what is asked for.
pub type Trade = (&'static str, u64, [&'static str; 2], [&'static str; 3]);

pub const TRADES: &[Trade] = &[
    (
        "Backend Engineer",
        72,
        ["backend", "rust"],
        ["Services in production", "SQL beyond the basics", "Clear writing"],
    ),
    (
        "Frontend Engineer",
        68,
        ["frontend", "typescript"],
        ["TypeScript", "Accessible interfaces", "An eye for detail"],
    ),
    (
        "Data Analyst",
        58,
        ["data", "sql"],
        ["SQL", "Statistics", "Explaining numbers to people who dislike them"],
    ),
    (
        "Data Engineer",
        74,
        ["data", "pipelines"],
        ["Batch and streaming pipelines", "Python", "Data modelling"],
    ),
    (
        "Product Manager",
        78,
        ["product", "strategy"],
        ["Shipped products", "Interviews with users", "Saying no"],
    ),
    (
        "Product Designer",
        66,
        ["design", "research"],
        ["A portfolio", "Prototyping", "Usability testing"],
    ),
    (
        "Site Reliability Engineer",
        82,
        ["sre", "linux"],
        ["Linux", "On-call experience", "Automation first"],
    ),
    ("QA Engineer", 56, ["quality", "testing"], ["Test design", "Browser automation", "Patience"]),
    (
        "Accountant",
        52,
        ["finance", "reporting"],
        ["Monthly closing", "IFRS", "Spreadsheets that others can read"],
    ),
    (
        "Registered Nurse",
        61,
        ["health", "care"],
        ["A valid licence", "Shift work", "Calm under pressure"],
    ),
    (
        "Marketing Specialist",
        50,
        ["marketing", "content"],
        ["Campaigns from brief to report", "Copywriting", "Analytics"],
    ),
    (
        "Customer Success Manager",
        57,
        ["customers", "saas"],
        ["Onboarding customers", "Renewals", "Empathy"],
    ),
    (
        "Mechanical Engineer",
        64,
        ["engineering", "cad"],
        ["CAD", "Tolerances and materials", "Prototyping"],
    ),
    (
        "Translator",
        44,
        ["languages", "writing"],
        ["Two languages at native level", "CAT tools", "Deadlines"],
    ),
    (
        "Teacher",
        48,
        ["education", "children"],
        ["A teaching degree", "Classroom experience", "Parents' evenings"],
    ),
    (
        "Logistics Coordinator",
        46,
        ["logistics", "planning"],
        ["Carriers and customs", "ERP systems", "Overview"],
    ),
];

/// Word before the title, and what it makes of the salary, in percent.
pub const GRADES: &[(&str, u64)] = &[
    ("Junior ", 85),
    ("", 100),
    ("", 100),
    ("", 110),
    ("Senior ", 135),
    ("Senior ", 140),
    ("Lead ", 160),
];

pub const PITCHES: &[&str] = &[
    "A small team that ships every week and writes things down.",
    "We grew from twelve to ninety people in two years and need somebody who likes to build order.",
    "You own a part of the product from the first conversation to the numbers after the launch.",
    "Long-lived products, few meetings, and colleagues who answer questions.",
    "You join a team of six across three time zones; we meet in person twice a year.",
    "A regulated market: what we release has to be right, and we take the time for it.",
];
