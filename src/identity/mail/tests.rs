use super::*;

const TOKEN: &str = "q-Zb0_token";

#[test]
fn both_mails_carry_link_code_and_the_time_they_have() {
    let base = "https://app.example.com/";
    let confirm = verification("ada@example.com", TOKEN, base).unwrap();
    let reset = password_reset("ada@example.com", TOKEN, base).unwrap();
    assert!(confirm.text().contains("https://app.example.com/verify-email#token=q-Zb0_token\n"));
    assert!(reset.text().contains("https://app.example.com/reset-password#token=q-Zb0_token\n"));
    for mail in [confirm, reset] {
        assert!(mail.text().contains("30 minutes") && mail.text().contains("\nq-Zb0_token\n"));
        assert_eq!(mail.to(), "ada@example.com");
        assert!(!format!("{mail:?}").contains("token") && !format!("{mail:?}").contains("ada"));
    }
}
