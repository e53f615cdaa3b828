//! Which skills of the catalogue are meant: in a text by whole words, in a list by whole names.
//!
//! Case makes no difference, nor does how a letter is composed or how wide a space is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aho_corasick::AhoCorasick;
use serde_json::{Map, Value};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use uuid::Uuid;

use super::{ImportItem, lease::Order};
use crate::{server::worker::Trouble, smatrx::SkillLevel};

/// No résumé has more skills; what has is a list of words.
const MOST_OF_A_TEXT: usize = 1000;

/// What joins two words into one, in which a short name means something else: go-to, R&D, Ph.D., C's.
const BINDERS: &[char] = &['-', '\u{2010}', '&', '.', '\'', '’', '@'];

/// A skill of the catalogue.
#[derive(Debug)]
pub struct CatalogueSkill {
    /// The skill.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Findings {
    /// Each skill once.
    pub skills: BTreeMap<Uuid, Finding>,
    /// Names that are not in the catalogue, each once, as they were given first.
    pub unknown: Vec<String>,
}

/// What is known of a skill that was found.
#[derive(Debug, PartialEq)]
pub struct Finding {
    /// How well it is mastered.
    pub level: SkillLevel,
    /// For how many years it has been used.
    pub years_experience: Option<i32>,
    /// What proves it.
    pub evidence: Option<Map<String, Value>>,
}

/// Finds the skills; takes its time, though no more than the text is long.
pub fn search(order: &Order, catalogue: &[CatalogueSkill]) -> Result<Findings, Trouble> {
    let mut found = Findings::default();
    if let Some(text) = &order.resume {
        let names: Vec<String> = catalogue.iter().map(|skill| fold(&skill.name)).collect();
        let mentioned = mentioned(&names, &fold(text))?;
        found.skills =
            mentioned.into_iter().map(|place| (catalogue[place].id, Finding::mere())).collect();
    }
    if let Some(items) = &order.items {
        named(items, catalogue, &mut found);
    }
    Ok(found)
}

/// Looks each item up by its name.
fn named(items: &[ImportItem], catalogue: &[CatalogueSkill], found: &mut Findings) {
    let known: HashMap<String, Uuid> =
        catalogue.iter().map(|skill| (fold(&skill.name), skill.id)).collect();
    let mut missing = BTreeSet::new();
    for item in items {
        let name = fold(&item.skill);
        match known.get(&name) {
            Some(id) => found.skills.entry(*id).or_insert_with(Finding::mere).add(item),
            None if missing.insert(name) => found.unknown.push(item.skill.clone()),
            None => {}
        }
    }
}

impl Finding {
    /// What a mention proves, which is little.
    const fn mere() -> Self {
        Self { level: SkillLevel::Beginner, years_experience: None, evidence: None }
    }

    /// The most that is said of a skill counts; of its evidence the last.
    fn add(&mut self, item: &ImportItem) {
        self.level = self.level.max(item.level.unwrap_or(SkillLevel::Beginner));
        self.years_experience = self.years_experience.max(item.years_experience);
        if item.evidence.is_some() {
            self.evidence.clone_from(&item.evidence);
        }
    }
}

/// What does not distinguish two names is made the same.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkc().flat_map(char::to_lowercase) {
        if !letter.is_whitespace() {
            folded.push(letter);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Places of the names that a text mentions; where several begin, the longest, and nothing inside of it.
fn mentioned(names: &[String], text: &str) -> Result<BTreeSet<usize>, Trouble> {
    let automaton =
        AhoCorasick::new(names).map_err(|_| Trouble::new("the catalogue is too large"))?;
    let mut longest = BTreeMap::new();
    for found in automaton.find_overlapping_iter(text) {
        if is_whole(text, found.start(), found.end()) {
            // They come by their ends: of those that begin here the last is the longest.
            longest.insert(found.start(), (found.end(), found.pattern().as_usize()));
        }
    }
    let mut mentioned = BTreeSet::new();
    let mut read = 0;
    for (start, (end, name)) in longest {
        if start >= read && mentioned.len() < MOST_OF_A_TEXT {
            mentioned.insert(name);
            read = end;
        }
    }
    Ok(mentioned)
}

/// Whether what stands around a name does not make another word of it.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let name = &text[start..end];
    let (Some(first), Some(last)) = (name.chars().next(), name.chars().next_back()) else {
        return false;
    };
    let is_short = name.chars().count() <= 2 && name.chars().all(is_word);
    let mut before = text[..start].chars().rev();
    let mut after = text[end..].chars();
    let binds = |binder: char, beyond: Option<char>| {
        is_short && BINDERS.contains(&binder) && beyond.is_some_and(is_word)
    };
    let continued_left =
        before.next().is_some_and(|left| joins(left, first) || binds(left, before.next()));
    let continued_right = after.next().is_some_and(|right| match (right, after.next()) {
        ('#', _) | ('+', Some('+')) => true, // C# and C++ are not C
        // Versions follow without a space: C++17.
        _ if right.is_numeric() && !is_word(last) => false,
        (_, beyond) => joins(right, last) || binds(right, beyond),
    });
    !continued_left && !continued_right
}

/// Whether what stands beside a name goes on where its edge ends.
fn joins(beside: char, edge: char) -> bool {
    is_word(beside) && !has_no_spaces(beside) && !has_no_spaces(edge)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_' || is_combining_mark(letter)
}

/// Letters of scripts whose words follow each other, or carry endings, without a space.
const fn has_no_spaces(letter: char) -> bool {
    matches!(letter,
        '\u{0e00}'..='\u{0eff}' // Thai, Lao
        | '\u{1000}'..='\u{109f}' // Burmese
        | '\u{1780}'..='\u{17ff}' // Khmer
        | '\u{3040}'..='\u{30ff}' // kana
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' // Han
        | '\u{ac00}'..='\u{d7a3}' // Hangul
    )
}

#[cfg(test)]
mod tests;
