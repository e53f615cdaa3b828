//! smatrx, over HTTP.

mod skill_imports;
