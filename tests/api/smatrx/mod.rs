//! smatrx, over HTTP.
