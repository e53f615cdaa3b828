use super::*;

fn tokens(secrets: &[&str]) -> AccessTokens {
    AccessTokens::new(&Keyring::parse(&secrets.join(",")).unwrap())
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
}

fn issue(tokens: &AccessTokens) -> String {
    tokens.issue(
        Uuid::from_u128(1),
        Uuid::from_u128(2),
        vec!["coach:USER".into(), "migratio:user".into()],
        at(0),
    )
}

/// `token` with another header or payload, and the signature left or removed.
fn forge(token: &str, part: usize, json: &str) -> String {
    let mut parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    parts[part] = URL_SAFE_NO_PAD.encode(json);
    parts.join(".")
}

#[test]
fn claims_come_back_until_the_tenth_minute() {
    let tokens = tokens(&[&Keyring::generate()]);
    let token = issue(&tokens);
    let claims = tokens.verify(&token, at(599)).unwrap();
    assert_eq!((claims.sub, claims.sid), (Uuid::from_u128(1), Uuid::from_u128(2)));
    assert_eq!(claims.roles, ["coach:USER", "migratio:user"]);
    assert_eq!((claims.iat, claims.exp), (at(0).timestamp(), at(600).timestamp()));
    assert_eq!(tokens.verify(&token, at(600)), Err(TokenError::Expired));
}

#[test]
fn a_remembered_token_expires_too_and_vouches_for_no_other() {
    let tokens = tokens(&[&Keyring::generate()]);
    let token = issue(&tokens);
    let first = tokens.verify(&token, at(0)).unwrap();
    assert_eq!(tokens.verify(&token, at(599)).unwrap(), first);
    assert_eq!(tokens.verify(&token, at(600)), Err(TokenError::Expired));
    let forged =
        forge(&token, 1, &serde_json::to_string(&*first).unwrap().replace("USER", "admin"));
    assert_eq!(tokens.verify(&forged, at(0)), Err(TokenError::Invalid));
    assert_eq!(tokens.verify(&forged, at(0)), Err(TokenError::Invalid));
}

#[test]
fn header_and_payload_are_a_plain_jwt() {
    let tokens = tokens(&[&Keyring::generate()]);
    let token = issue(&tokens);
    let json = |part| -> serde_json::Value {
        serde_json::from_slice(
            &URL_SAFE_NO_PAD.decode(token.split('.').nth(part).unwrap()).unwrap(),
        )
        .unwrap()
    };
    assert_eq!(json(0)["alg"], "HS256");
    assert_eq!(json(0)["kid"].as_str().unwrap().len(), 8);
    assert_eq!(json(1)["iss"], "trellis");
    assert_eq!(json(1)["sub"], Uuid::from_u128(1).to_string());
}

#[test]
fn tokens_are_what_any_other_implementation_makes() {
    // Made independently (Python, hmac + json) from the secret 00 01 02 … 1f.
    let expected = [
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImU4NmMxY2IyIn0",
        concat!(
            "eyJpc3MiOiJ0cmVsbGlzIiwic3ViIjoiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAxIiwic2lkIj",
            "oiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAyIiwicm9sZXMiOlsiY29hY2g6VVNFUiIsIm1pZ3Jh",
            "dGlvOnVzZXIiXSwiaWF0IjoxODAwMDAwMDAwLCJleHAiOjE4MDAwMDA2MDB9"
        ),
        "h5lv72ocWuoux0nZA9SfdjRMilTKKufv5QLWsPiXxe4",
    ];
    let secret: [u8; 32] = std::array::from_fn(|i| u8::try_from(i).unwrap());
    assert_eq!(issue(&tokens(&[&URL_SAFE_NO_PAD.encode(secret)])), expected.join("."));
}

#[test]
fn rotation_verifies_the_old_and_signs_with_the_new() {
    let (old, new) = (Keyring::generate(), Keyring::generate());
    let (before, during, after) = (tokens(&[&old]), tokens(&[&new, &old]), tokens(&[&new]));
    let token = issue(&before);
    assert!(during.verify(&token, at(0)).is_ok());
    assert!(after.verify(&issue(&during), at(0)).is_ok());
    assert_eq!(after.verify(&token, at(0)), Err(TokenError::Invalid), "unknown kid");
}

#[test]
fn another_header_is_invalid_even_when_expired() {
    let ring = Keyring::parse(&Keyring::generate()).unwrap();
    let (tokens, kid) = (AccessTokens::new(&ring), ring.newest().id);
    let token = issue(&tokens);
    for header in [
        r#"{"alg":"none"}"#.to_owned(),
        format!(r#"{{"alg":"none","typ":"JWT","kid":"{kid}"}}"#),
        format!(r#"{{"alg":"RS256","typ":"JWT","kid":"{kid}"}}"#),
        r#"{"alg":"HS256","typ":"JWT"}"#.to_owned(),
        r#"{"alg":"HS256","typ":"JWT","kid":"00000000"}"#.to_owned(),
    ] {
        let forged = forge(&token, 0, &header);
        let unsigned = format!("{}.", forged.rsplit_once('.').unwrap().0);
        for token in [forged, unsigned] {
            assert_eq!(tokens.verify(&token, at(9999)), Err(TokenError::Invalid), "{token}");
        }
    }
}

#[test]
fn any_changed_byte_is_invalid() {
    let tokens = tokens(&[&Keyring::generate()]);
    let token = issue(&tokens);
    for at_byte in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[at_byte] = if changed[at_byte] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(tokens.verify(&changed, at(0)), Err(TokenError::Invalid), "byte {at_byte}");
    }
    for broken in [
        "",
        ".",
        "..",
        "a.b.c",
        &token[..token.len() - 1],
        &format!("{token}."),
        &format!("{token}A"),
    ] {
        assert_eq!(tokens.verify(broken, at(0)), Err(TokenError::Invalid), "{broken}");
    }
    assert_eq!(tokens.verify(&forge(&token, 1, "{}"), at(0)), Err(TokenError::Invalid));
}

#[test]
fn genuine_but_of_another_issuer_or_incomplete_is_invalid() {
    let tokens = tokens(&[&Keyring::generate()]);
    let id = Uuid::nil();
    for (payload, good) in [
        (
            format!(
                r#"{{"iss":"trellis","sub":"{id}","sid":"{id}","roles":[],"iat":0,"exp":9999999999}}"#
            ),
            true,
        ),
        (
            format!(
                r#"{{"iss":"other","sub":"{id}","sid":"{id}","roles":[],"iat":0,"exp":9999999999}}"#
            ),
            false,
        ),
        (format!(r#"{{"iss":"trellis","sub":"{id}","sid":"{id}","roles":[],"iat":0}}"#), false),
    ] {
        assert_eq!(
            tokens.verify(&tokens.sign(payload.as_bytes()), at(0)).is_ok(),
            good,
            "{payload}"
        );
    }
}

#[test]
fn opaque_tokens_are_new_each_time_and_found_by_their_hash() {
    let (token, hash) = OpaqueToken::generate();
    assert_eq!(token.len(), 43);
    assert_eq!(hash_opaque(&token), hash);
    assert_ne!(OpaqueToken::generate().0, token);
    let abc = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"; // SHA-256("abc"), FIPS 180-2
    assert_eq!(URL_SAFE_NO_PAD.encode(hash_opaque("abc")), abc);
}
