use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;

/// Tells two keys apart.
fn mac(key: &Hmac<Sha256>) -> String {
    STANDARD.encode(key.clone().chain_update("test").finalize().into_bytes())
}

#[test]
fn every_base64_dialect_gives_the_same_key() {
    let secret: [u8; 32] =
        std::array::from_fn(|i| if i < 3 { 0xff } else { u8::try_from(i * 7).unwrap() });
    let standard = STANDARD.encode(secret);
    let url_safe = URL_SAFE_NO_PAD.encode(secret);
    assert!(standard.contains('/') && url_safe.contains('_'));
    let id = |text: &str| Keyring::parse(text).unwrap().newest().id;
    for other in
        [url_safe.clone(), format!(" {url_safe}=\n"), standard.trim_end_matches('=').to_owned()]
    {
        assert_eq!(id(&standard), id(&other));
    }
}

#[test]
fn the_first_is_the_newest() {
    let (old, new) = (Keyring::generate(), Keyring::generate());
    let ring = Keyring::parse(&format!("{new}, {old}")).unwrap();
    let ids: Vec<_> = ring.iter().map(|key| key.id).collect();
    assert_eq!(
        ids,
        [Keyring::parse(&new).unwrap().newest().id, Keyring::parse(&old).unwrap().newest().id]
    );
    assert_eq!(ring.newest().id, ids[0]);
}

#[test]
fn errors_name_the_part_and_never_the_secret() {
    let good = Keyring::generate();
    let short = STANDARD.encode([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (text, error) in [
        (String::new(), KeyError::Empty(1)),
        (format!("{good},"), KeyError::Empty(2)),
        (format!("{good},p$ssword"), KeyError::NotBase64(2)),
        (short.clone(), KeyError::Length(1, 9)),
        (STANDARD.encode([65; 32]), KeyError::NotRandom(1)),
        (format!("{good},{good}"), KeyError::Repeated(2)),
    ] {
        assert_eq!(Keyring::parse(&text).unwrap_err(), error, "{text}");
        let shown = error.to_string();
        assert!(!shown.contains('\n') && !shown.contains(&good) && !shown.contains(&short));
    }
}

#[test]
fn keys_differ_by_purpose_and_are_never_printed() {
    let ring = Keyring::parse(&Keyring::generate()).unwrap();
    let key = ring.newest();
    assert_ne!(mac(&key.signing), mac(&key.lookup));
    assert_ne!(mac(&key.signing), mac(&Hmac::new_from_slice(&key.encryption).unwrap()));
    assert_eq!(format!("{ring:?}"), format!("Keyring([Key {{ id: {:?}, .. }}])", key.id));
    assert_eq!(key.id.to_string().len(), 8);
}

#[test]
fn derivation_never_changes() {
    // Values computed independently (Python, hmac + hashlib): a change here would orphan every stored ciphertext.
    let secret: [u8; 32] = std::array::from_fn(|i| u8::try_from(i).unwrap());
    let key = Key::derive(&secret);
    assert_eq!(key.id.to_string(), "e86c1cb2");
    assert_eq!(mac(&key.signing), "1XYRwfWs8VbmMdQgSep3JPNCj5JuvR3NsbZQLEfc4Pw=");
    assert_eq!(STANDARD.encode(key.encryption), "SrGAR2gQgh8cii8d2otx4Rd0QE8Mfu9bmsPTUH5q/qk=");
    assert_eq!(
        STANDARD.encode(key.lookup("address", b"a@b.c")),
        "taKw0n+pMRhkG0rL1swUgW3qrRmsDIvv8203xME9Xyk="
    );
}

#[test]
fn lookups_are_apart_by_label_value_and_key() {
    let [one, other] = [(); 2].map(|()| Keyring::parse(&Keyring::generate()).unwrap());
    let lookup = |ring: &Keyring, label, value: &str| ring.newest().lookup(label, value.as_bytes());
    assert_eq!(lookup(&one, "ip", "::1"), lookup(&one, "ip", "::1"));
    assert_ne!(lookup(&one, "ab", "c"), lookup(&one, "a", "bc"));
    assert_ne!(lookup(&one, "ip", "::1"), lookup(&other, "ip", "::1"));
}
