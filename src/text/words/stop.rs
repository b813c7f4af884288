//! Stop words: those that headlines of all subjects share, transliterated to ASCII, and the words
//! that introduce links.

use std::sync::LazyLock;

use foldhash::HashSet;

/// In alphabetical order.
const STOP_WORDS: &[&str] = &[
    "aan", "about", "af", "after", "again", "al", "ale", "all", "alla", "als", "also", "am", "an",
    "anche", "and", "any", "ao", "aos", "ar", "are", "article", "articles", "articulo", "artigo",
    "artikel", "as", "asp", "aspx", "at", "att", "au", "auch", "auf", "aus", "aussi", "aux", "av",
    "avec", "be", "been", "before", "bei", "bij", "bir", "bis", "bu", "but", "by", "can", "ce",
    "ces", "cette", "che", "chitajte", "chto", "com", "come", "como", "con", "could", "czy", "da",
    "dans", "das", "dass", "dat", "de", "dei", "del", "della", "delle", "dem", "den", "der", "des",
    "det", "di", "did", "die", "dla", "dlia", "dlya", "do", "does", "dont", "door", "dos", "du",
    "durch", "een", "ein", "eine", "einem", "einen", "einer", "el", "elle", "elles", "em", "en",
    "er", "es", "est", "esta", "este", "et", "eto", "ett", "foi", "for", "fra", "fran", "from",
    "fuer", "full", "fur", "gegen", "get", "gli", "haben", "had", "har", "has", "hat", "have",
    "he", "her", "here", "het", "him", "his", "how", "htm", "html", "http", "https", "icin", "if",
    "ihr", "ikke", "il", "ile", "ils", "im", "in", "index", "inte", "into", "is", "ist", "it",
    "its", "iz", "jak", "jest", "just", "kak", "la", "las", "le", "lea", "lees", "leggi", "leia",
    "les", "lesen", "leur", "link", "links", "lire", "lo", "los", "mais", "mas", "may", "me",
    "med", "mehr", "met", "mit", "more", "most", "my", "na", "naar", "nach", "nas", "ne", "nel",
    "nella", "new", "news", "nicht", "nie", "niet", "no", "noch", "non", "nos", "not", "now",
    "nur", "ob", "och", "od", "oder", "of", "off", "og", "om", "on", "one", "ook", "op", "or",
    "original", "os", "ot", "ou", "our", "out", "over", "pa", "par", "para", "pas", "per", "php",
    "piu", "plus", "po", "por", "pour", "que", "qui", "quoi", "read", "related", "sa", "said",
    "sans", "sao", "says", "se", "see", "sem", "ses", "she", "si", "sich", "sie", "siehe", "sin",
    "sind", "so", "som", "some", "son", "sono", "sont", "source", "story", "su", "sur", "sus",
    "takzhe", "tambem", "tambien", "te", "than", "that", "the", "their", "them", "then", "there",
    "these", "they", "this", "til", "till", "to", "tra", "uber", "ueber", "uit", "um", "uma", "un",
    "una", "unas", "und", "une", "uno", "unos", "up", "url", "us", "van", "ve", "voir", "vom",
    "von", "voor", "war", "was", "we", "wer", "werden", "were", "what", "when", "where", "which",
    "who", "why", "wie", "will", "wir", "wird", "with", "would", "www", "you", "your", "za", "ze",
    "zijn", "zu", "zum", "zur",
];

/// The words, to be looked up: every word of every headline is.
static SET: LazyLock<HashSet<&str>> = LazyLock::new(|| STOP_WORDS.iter().copied().collect());

/// Whether a lower-case ASCII word says nothing about a headline's subject.
pub(super) fn is_stop_word(word: &str) -> bool {
    SET.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sorted_and_unique() {
        assert!(STOP_WORDS.is_sorted_by(|a, b| a < b));
    }
}
