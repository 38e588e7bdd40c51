//! Amounts of money, with their currency before the number where it is said.

use rust_decimal::Decimal;

use crate::billing::amount::Amount;
use crate::billing::money::Currency;
use crate::billing::number::{NumberError, parse_decimal};

/// What is said of a text that is no amount.
pub const NOT_AN_AMOUNT: &str = "it is not an amount such as `20000`, `¥20,000` or `USD 18,076.80`";
/// The letters of a currency's code.
const CODE: usize = 3;

/// Signs that are not read, with the code that is written for each.
const SIGNS: [(char, &str); 2] = [('€', "EUR"), ('£', "GBP")];

/// An amount of money, not negative: `20000`, `¥20000`, `$20000`, `USD 20000` or `usd20000`.
pub fn amount(text: &str) -> Result<Amount, String> {
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(text) => (true, text),
        None => (false, text),
    };
    let (currency, number) = match currency_of(text) {
        Some((currency, number)) => (Some(currency), number),
        None => (None, text),
    };
    match parse_decimal(number) {
        Ok(_) if is_negative => Err(said(NumberError::Negative)),
        Ok(number) => Ok(Amount::new(number, currency)),
        Err(NumberError::NotANumber) => Err(match (turned(text), signed(text)) {
            (Some((currency, number)), _) => {
                format!("its currency stands before it: `{currency} {number}`")
            }
            (None, Some((sign, code, number))) => {
                format!("`{sign}` is not read: write `{code} {number}`")
            }
            (None, None) => NOT_AN_AMOUNT.to_owned(),
        }),
        Err(error) => Err(said(error)),
    }
}

/// The parts of an amount with a sign that is not read.
fn signed(text: &str) -> Option<(char, &'static str, &str)> {
    SIGNS.into_iter().find_map(|(sign, code)| {
        let number = text.strip_prefix(sign).or(text.strip_suffix(sign))?.trim();
        parse_decimal(number)
            .is_ok()
            .then_some((sign, code, number))
    })
}

/// The currency that a text begins with, and what follows it.
fn currency_of(text: &str) -> Option<(Currency, &str)> {
    let of_sign = |sign, currency| Some((currency, text.strip_prefix(sign)?));
    let of_code = || {
        let (code, number) = text.split_at_checked(CODE)?;
        Some((coded(code)?, number))
    };
    let (currency, number) = of_sign('¥', Currency::CNY)
        // As a Chinese keyboard types it.
        .or_else(|| of_sign('￥', Currency::CNY))
        .or_else(|| of_sign('$', Currency::USD))
        .or_else(of_code)?;
    Some((currency, number.strip_prefix(' ').unwrap_or(number)))
}

/// The parts of an amount whose currency follows it: `5000 USD`, `5000USD`.
pub fn turned(text: &str) -> Option<(Currency, Decimal)> {
    let (number, code) = text.split_at_checked(text.len().checked_sub(CODE)?)?;
    let number = parse_decimal(number.strip_suffix(' ').unwrap_or(number)).ok()?;
    Some((coded(code)?, number))
}

/// The currency of a code, also in lower case.
fn coded(code: &str) -> Option<Currency> {
    Currency::parse(&code.to_ascii_uppercase())
}

fn said(error: NumberError) -> String {
    format!("it is {error}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::billing::exact::plain;

    #[test]
    fn an_amount_may_say_its_currency_before_its_number() {
        for (text, currency, number) in [
            ("5000", None, "5000"),
            ("18,076.80", None, "18076.8"),
            ("¥5000", Some("CNY"), "5000"),
            ("¥ 5,000", Some("CNY"), "5000"),
            ("CNY 5000", Some("CNY"), "5000"),
            ("USD5000", Some("USD"), "5000"),
            ("USD 0.5", Some("USD"), "0.5"),
            ("$5000", Some("USD"), "5000"),
            ("EUR 1", Some("EUR"), "1"),
            ("￥5000", Some("CNY"), "5000"),
            ("￥ 5,000", Some("CNY"), "5000"),
            ("usd 5000", Some("USD"), "5000"),
            ("usd5000", Some("USD"), "5000"),
            ("Eur 1", Some("EUR"), "1"),
        ] {
            let amount = amount(text).unwrap();
            let code = amount.currency.map(|own| own.code().to_owned());
            assert_eq!(
                (code.as_deref(), plain(amount.number)),
                (currency, number.to_owned())
            );
        }
    }

    #[test]
    fn what_is_no_amount_says_why() {
        for text in [
            "", "¥", "$", "USD", "USD ", "€", "¥¥5", "￥￥5", "USD  5", "USD ¥5", "1e3", "US$5",
            " 5", "€€5", "€-5", "-", "--€", "元5",
        ] {
            assert_eq!(amount(text), Err(NOT_AN_AMOUNT.to_owned()), "{text}");
        }
        for text in ["-5", "¥-5", "-¥5", "USD -5", "-USD5", "$-5"] {
            assert_eq!(amount(text), Err("it is negative".to_owned()), "{text}");
        }
        for text in ["5000 USD", "5,000USD", "5000 usd"] {
            let hint = "its currency stands before it: `USD 5000`".to_owned();
            assert_eq!(amount(text), Err(hint), "{text}");
        }
        for (text, said) in [
            ("€5000", "`€` is not read: write `EUR 5000`"),
            ("€ 5,000.50", "`€` is not read: write `EUR 5,000.50`"),
            ("5000€", "`€` is not read: write `EUR 5000`"),
            ("£5000", "`£` is not read: write `GBP 5000`"),
        ] {
            assert_eq!(amount(text), Err(said.to_owned()));
        }
        let digits = "9".repeat(40);
        assert!(amount(&digits).unwrap_err().contains("too large"));
    }
}
