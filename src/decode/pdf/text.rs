//! Text strings of PDF (ISO 32000-2, 7.3.4 and 7.9.2.2).

/// Longer strings are cut.
const MAX_BYTES: usize = 4096;

/// The string that `value` begins with, if it does.
pub(super) fn read(value: &[u8]) -> Option<String> {
    let value = value.trim_ascii_start();
    let bytes = match value {
        [b'(', rest @ ..] => literal(rest),
        [b'<', b'<', ..] => return None,
        [b'<', rest @ ..] => hexadecimal(rest),
        _ => return None,
    };
    let text = decoded(&bytes);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(text).filter(|text| !text.is_empty())
}

/// A string in parentheses, which may hold parentheses in pairs.
fn literal(rest: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut depth = 0;
    let mut bytes = rest.iter().copied().take(MAX_BYTES).peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => break,
            b')' => depth -= 1,
            b'\\' => {
                out.extend(escaped(&mut bytes));
                continue;
            }
            _ => {}
        }
        out.push(byte);
    }
    out
}

/// What an escape stands for; an escaped end of line stands for nothing.
fn escaped(bytes: &mut std::iter::Peekable<impl Iterator<Item = u8>>) -> Option<u8> {
    let byte = bytes.next()?;
    Some(match byte {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' | b'f' => b' ',
        b'\r' | b'\n' => return None,
        b'0'..=b'7' => {
            let mut value = u32::from(byte - b'0');
            for _ in 0..2 {
                let Some(digit) = bytes.next_if(|byte| matches!(byte, b'0'..=b'7')) else { break };
                value = value * 8 + u32::from(digit - b'0');
            }
            // A fourth bit of the first digit is to be ignored.
            u8::try_from(value & 0xFF).unwrap_or(b' ')
        }
        other => other,
    })
}

/// A string of hexadecimal digits; an odd last one counts as if a zero followed.
fn hexadecimal(rest: &[u8]) -> Vec<u8> {
    let digits = rest.iter().take(2 * MAX_BYTES).take_while(|byte| **byte != b'>');
    let digits = digits.filter_map(|byte| char::from(*byte).to_digit(16));
    let digits: Vec<u8> = digits.filter_map(|digit| u8::try_from(digit).ok()).collect();
    let digit = |pair: &[u8], at: usize| pair.get(at).copied().unwrap_or(0);
    digits.chunks(2).map(|pair| digit(pair, 0) << 4 | digit(pair, 1)).collect()
}

/// UTF-16 or UTF-8 where a byte order mark says so, else the encoding of PDF's own, which differs
/// from Latin-1 only in signs that no date holds.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}
