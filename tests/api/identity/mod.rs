mod email_verification;
mod password_reset;
mod refresh;
mod registration;
mod sign_in;
mod support;
