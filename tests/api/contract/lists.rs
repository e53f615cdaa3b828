//! Pages of a list.

use serde_json::{Value, json};

use super::Case;
use crate::support::Caller;

impl Case<'_> {
    pub async fn is_listed_without_gap_or_repeat(&self) {
        for number in 0..7 {
            self.made(&format!("Row {number}")).await;
        }
        let whole = self.ann.get(&format!("{}?limit=100", self.resource.path)).await.ok(200);
        let whole = whole["items"].as_array().unwrap();
        assert!(whole.len() >= 7);
        let ids = ids(whole);
        assert!(ids.is_sorted_by(|newer, older| newer > older), "newest first: {ids:?}");

        let mut walked = Vec::new();
        let mut query = "limit=3".to_owned();
        loop {
            let page = self.ann.get(&format!("{}?{query}", self.resource.path)).await.ok(200);
            let items = page["items"].as_array().unwrap();
            walked.extend(items.iter().cloned());
            let Some(cursor) = page["nextCursor"].as_str() else {
                assert_eq!(page["nextCursor"], json!(null));
                break;
            };
            assert_eq!(items.len(), 3, "only the last page is shorter");
            query = format!("limit=3&cursor={cursor}");
            // Rows that come meanwhile shift nothing.
            self.made(&format!("Late {}", walked.len())).await;
        }
        assert_eq!(&walked, whole);
        self.bad_parameters_are_named().await;
    }

    async fn bad_parameters_are_named(&self) {
        for (query, name) in [
            ("limit=0", "limit"),
            ("limit=101", "limit"),
            ("limit=-1", "limit"),
            ("limit=abc", "limit"),
            ("cursor=nonsense", "cursor"),
            ("cursor=bnVsbA", "cursor"),
            ("nonsense=1", "nonsense"),
        ] {
            let refused = self.ann.get(&format!("{}?{query}", self.resource.path)).await;
            let pointer = &refused.json()["errors"][0]["pointer"];
            assert_eq!((refused.status, pointer), (400, &json!(name)), "{query}: {refused:?}");
        }
    }
}

fn ids(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["id"].as_str().unwrap()).collect()
}
