//! What made-up people, companies and jobs are made of.

pub const FIRST_NAMES: &[&str] = &[
    "Aaliyah",
    "Adam",
    "Aiko",
    "Alejandro",
    "Amara",
    "Amélie",
    "Anders",
    "Ángela",
    "Bilal",
    "Camille",
    "Chidi",
    "Chloé",
    "Daniela",
    "David",
    "Dmitri",
    "Elena",
    "Emre",
    "Fatima",
    "Felix",
    "Gabriela",
    "Hana",
    "Hugo",
    "Ibrahim",
    "Ingrid",
    "Isabel",
    "Jack",
    "Jana",
    "Jorge",
    "Kateryna",
    "Kofi",
    "Lars",
    "Leila",
    "Lucía",
    "Mateus",
    "Mei",
    "Miriam",
    "Nadia",
    "Noah",
    "Olga",
    "Omar",
    "Priya",
    "Rafael",
    "Ravi",
    "Sara",
    "Sofia",
    "Søren",
    "Tariq",
    "Thandiwe",
    "Thomas",
    "Yuki",
    "Zoe",
];

pub const LAST_NAMES: &[&str] = &[
    "Abebe",
    "Ahmed",
    "Andersson",
    "Bauer",
    "Brown",
    "Çelik",
    "Chen",
    "Costa",
    "Delgado",
    "Díaz",
    "Dubois",
    "Eriksen",
    "Fernandes",
    "Fischer",
    "García",
    "Haddad",
    "Hansen",
    "Hassan",
    "Horvat",
    "Ito",
    "Ivanova",
    "Jensen",
    "Johnson",
    "Kaya",
    "Kim",
    "Kowalska",
    "Kumar",
    "Lefèvre",
    "Lindqvist",
    "Martins",
    "Mensah",
    "Meyer",
    "Moreau",
    "Müller",
    "Nguyen",
    "Novák",
    "Nwosu",
    "O'Brien",
    "Okafor",
    "Patel",
    "Pereira",
    "Petrov",
    "Rossi",
    "Sato",
    "Schmidt",
    "Silva",
    "Singh",
    "Smith",
    "Tanaka",
    "van Dijk",
    "Wójcik",
    "Zhang",
];

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

pub const COMPANY_FIRST: &[&str] = &[
    "Alder", "Amber", "Anchor", "Beacon", "Birch", "Blue", "Bright", "Cedar", "Clear", "Copper",
    "Ember", "Fern", "Harbor", "Hazel", "Iron", "Juniper", "Lumen", "Maple", "Meridian", "North",
    "Oak", "Orchard", "Pine", "Quartz", "River", "Silver", "Slate", "Summit", "Tidal", "Willow",
];

pub const COMPANY_SECOND: &[&str] = &[
    "analytics",
    "bridge",
    "field",
    "forge",
    "gate",
    "grid",
    "health",
    "labs",
    "leaf",
    "line",
    "loop",
    "mark",
    "path",
    "point",
    "robotics",
    "stone",
    "systems",
    "view",
    "ware",
    "works",
];

pub const PLACES: &[&str] = &[
    "Amsterdam, Netherlands",
    "Austin, USA",
    "Barcelona, Spain",
    "Berlin, Germany",
    "Boston, USA",
    "Dublin, Ireland",
    "Kraków, Poland",
    "Lagos, Nigeria",
    "Lisbon, Portugal",
    "London, United Kingdom",
    "Montréal, Canada",
    "Nairobi, Kenya",
    "New York, USA",
    "Porto, Portugal",
    "São Paulo, Brazil",
    "Seattle, USA",
    "Singapore",
    "Stockholm, Sweden",
    "Tallinn, Estonia",
    "Tokyo, Japan",
    "Toronto, Canada",
    "Vienna, Austria",
    "Warsaw, Poland",
    "Zürich, Switzerland",
];

pub const PITCHES: &[&str] = &[
    "A small team that ships every week and writes things down.",
    "We grew from twelve to ninety people in two years and need somebody who likes to build order.",
    "You own a part of the product from the first conversation to the numbers after the launch.",
    "Long-lived products, few meetings, and colleagues who answer questions.",
    "You join a team of six across three time zones; we meet in person twice a year.",
    "A regulated market: what we release has to be right, and we take the time for it.",
];

pub const SOURCES: &[&str] =
    &["LinkedIn", "Company website", "Referral", "Job board", "Recruiter", "Newsletter"];

pub const MODES: &[&str] = &["REMOTE", "REMOTE", "HYBRID", "HYBRID", "ONSITE"];

pub const TYPES: &[&str] = &[
    "FULL_TIME",
    "FULL_TIME",
    "FULL_TIME",
    "FULL_TIME",
    "FULL_TIME",
    "CONTRACT",
    "PART_TIME",
    "INTERNSHIP",
    "TEMPORARY",
];

pub const REJECTED: &[&str] = &[
    "They went with an internal candidate.",
    "They looked for more experience with their market.",
    "No reason given.",
    "The position was withdrawn.",
];

pub const WITHDRAWN: &[&str] = &[
    "The commute is too long.",
    "The salary is below what I need.",
    "Accepted somewhere else.",
    "The interviews did not feel right.",
];

pub const ANALYSES: &[&str] = &[
    r#"{"strengths": ["The tools match", "The same industry"], "concerns": ["No salary is named"], "recommendation": "Apply this week and name your salary early."}"#,
    r#"{"strengths": ["Grows what you know"], "concerns": ["More seniority is asked for than you have"], "recommendation": "Apply, and open the letter with your largest project."}"#,
    r#"{"strengths": ["Close to home", "The requirements are met"], "concerns": [], "recommendation": "A strong match: ask your contact for a referral first."}"#,
    r#"{"strengths": ["The product is one you use"], "concerns": ["Two requirements are missing", "On-call duty"], "recommendation": "Keep as a second choice."}"#,
];

pub const LETTER: &str = "What you build is close to what I have done for the last years, and I would like to do more of it. I would be glad to tell you how.";

pub const BIO: &str =
    "I like work that is useful to somebody I can talk to, and teams that finish what they begin.";
