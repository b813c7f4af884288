//! The signs by which a break is judged, and a set of them.

/// One thing that tells for or against a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Sign {
    Always,
    // Where the break falls.
    InScheme,
    AfterSlash,
    AfterDot,
    AfterHyphen,
    AfterQuery,
    AfterMark,
    AfterComma,
    BeforeMark,
    BeforeOther,
    MidWord,
    BetweenDigits,
    CaseChange,
    // What the part before the break is by itself.
    HostUnfinished,
    HostAlone,
    FileEnds,
    SentenceEnds,
    BracketOpen,
    EscapeCut,
    AddressKnown,
    DoiPrefix,
    // What the part after the break is by itself.
    TailHasSlash,
    TailHasDot,
    TailHasDigit,
    TailHasHyphen,
    TailHasMark,
    TailIsWord,
    TailIsCapitalised,
    TailIsNumber,
    TailIsListNumber,
    TailIsFunctionWord,
    TailIsLong,
    TailIsKnownWord,
    TailIsFile,
    TailIsMail,
    TailIsCode,
    TailIsShort,
    TailAlone,
    TailThenPunctuation,
    TailThenColon,
    TailIsAuthor,
    // What the parts make together.
    HostCompleted,
    HostKnown,
    JoinKnown,
    EndingCompleted,
    InDoi,
    WordCompleted,
    HeadlineRepeated,
    LabelRepeated,
    BracketClosed,
    BracketLeftOpen,
    // The lines.
    LineFull,
    LineAlmostFull,
    LineShort,
    PieceWouldFit,
    TokenWouldFit,
    Blank,
    PageEnds,
    Indented,
    Outdented,
    UrlAloneInLine,
    // Together.
    MidWordInFullLine,
    MidWordInAlmostFullLine,
    MidWordShortAlone,
    SlashThenFile,
    SlashThenPath,
    DotThenDigit,
    MidWordInShortLine,
    SlashThenWord,
    DotThenLower,
    DotThenCapital,
    BlankThenWord,
    WordThatWouldFit,
    WordThatWouldNotFit,
}

/// The signs that a candidate shows: a bit for each, since they are fewer than the bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u128);

impl Signs {
    pub(super) fn push(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u32;
    }

    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 & 1 << sign as u32 != 0
    }

    /// The numbers of the signs, in their order.
    pub(super) fn numbers(self) -> impl Iterator<Item = usize> + use<> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let number = (left != 0).then(|| left.trailing_zeros() as usize)?;
            left &= left - 1;
            Some(number)
        })
    }
}
