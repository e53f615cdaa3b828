//! The two messages that identity sends.

use crate::mail::{Mail, MailError};

/// Asks the owner of an address to confirm it, with a link to `{base_url}/verify-email#token=…`.
///
/// # Errors
/// [`MailError::Address`].
pub fn verification(to: &str, token: &str, base_url: &str) -> Result<Mail, MailError> {
    let link = link(base_url, "verify-email", token);
    let text = format!(
        "Hello,\n\nwelcome! Please confirm that this address is yours by opening this link:\n\n{link}\n\n\
         If you are asked for a code, it is\n\n{token}\n\n\
         Link and code work once, within the next 30 minutes.\n\n\
         If you did not sign up, you need not do anything: without this confirmation nothing happens.\n"
    );
    Mail::new(to, "Please confirm your e-mail address", text)
}

/// Lets the owner of an account choose a new password, with a link to `{base_url}/reset-password#token=…`.
///
/// # Errors
/// [`MailError::Address`].
pub fn password_reset(to: &str, token: &str, base_url: &str) -> Result<Mail, MailError> {
    let link = link(base_url, "reset-password", token);
    let text = format!(
        "Hello,\n\nyou can choose a new password by opening this link:\n\n{link}\n\n\
         If you are asked for a code, it is\n\n{token}\n\n\
         Link and code work once, within the next 30 minutes. You will be signed out everywhere else.\n\n\
         If it was not you who asked for this, you need not do anything: your password stays as it is.\n"
    );
    Mail::new(to, "Choose a new password", text)
}

/// The token is in the fragment, which browsers send to no server: it gets into no access log and no `Referer`.
fn link(base_url: &str, page: &str, token: &str) -> String {
    format!("{}/{page}#token={token}", base_url.trim_end_matches('/'))
}

#[cfg(test)]
mod tests;
