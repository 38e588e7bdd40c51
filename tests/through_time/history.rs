//! Price cards through time.

use super::shop::Shop;

#[test]
fn the_oldest_price_is_first_and_each_has_its_days() {
    let shop = Shop::new();
    assert_eq!(
        shop.stdout("models halved --history"),
        "\
halved: 4 rows of prices, the oldest first
The first evidence of a price is of 2026-05-01: what was before is not known.

 Provisioned throughput (PTU)
 What                     Price or limit
 input by the hour   ¥4 per 10K TPM-hour
     came by 2026-05-01; replaced between 2026-07-29 and 2026-08-03; last seen
       2026-07-29
 output by the hour   ¥2 per 1K TPM-hour
 maximum input                64K tokens
 input by the hour   ¥2 per 10K TPM-hour
     came between 2026-07-29 and 2026-08-03; last seen 2026-10-10
 output by the hour   ¥1 per 1K TPM-hour
 maximum input               128K tokens

 Tokens of ordinary calls
 What          Price or limit
 input       ¥2 per 1M tokens
     came by 2026-05-01; replaced on 2026-09-01; last seen 2026-10-10
 output      ¥6 per 1M tokens
 input   ¥0.002 per 1K tokens
     came on 2026-09-01; last seen 2026-10-10
 output      ¥6 per 1M tokens

 `--details` shows sources"
    );
}

#[test]
fn json_has_each_row_with_its_days() {
    let shop = Shop::new();
    let report = shop.json("models gone --history");
    assert_eq!(report["models"].as_array().unwrap().len(), 0);
    let history = &report["history"][0];
    assert_eq!(
        (&history["code"], &history["region"]),
        (&"gone".into(), &"north".into())
    );
    let rows = history["rows"].as_array().unwrap();
    let methods: Vec<&str> = rows
        .iter()
        .map(|row| row["method"].as_str().unwrap())
        .collect();
    assert_eq!(methods, ["ptu", "mu", "mu", "standard"]);
    assert_eq!(rows[1]["variant"], "MU1x2");
    assert_eq!(rows[1]["seen"], "2026-07-29");
    assert_eq!(rows[1]["until"], "2026-08-03");
    assert!(rows[1]["from"].is_null() && rows[1]["replaced"].is_null());
    let says = &rows[0]["says"];
    assert_eq!(says[0]["what"], "input by the hour");
    assert_eq!(
        (&says[0]["price"], &says[0]["per"], &says[0]["unit"]),
        (&"7.2".into(), &"10000".into(), &"TPM-hour".into())
    );
    assert_eq!(says[4]["text"], "64K tokens");
    let halved = shop.json("models halved --history");
    let first = &halved["history"][0]["rows"][0];
    assert_eq!(first["replaced"], "2026-08-03");
}

#[test]
fn a_pattern_takes_several_models_and_every_format() {
    let shop = Shop::new();
    let report = shop.json("models sh* --history");
    let history = report["history"].as_array().unwrap();
    let codes: Vec<&str> = history
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["gone", "halved", "new", "back", "short", "flip"]);
    let csv = shop.run("models halved --history --format csv").stdout;
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 11);
    assert!(
        lines[4].starts_with("shop,north,halved,ptu,,2026-08-03,2026-07-29,2026-05-01,2026-10-10,,,input by the hour,2,10000,TPM-hour,CNY,"),
        "{}",
        lines[4]
    );
    let markdown = shop.run("models halved --history --format markdown").stdout;
    assert!(
        markdown.contains("| input by the hour | ¥2 per 10K TPM-hour | came between 2026-07-29 and 2026-08-03; last seen 2026-10-10 |"),
        "{markdown}"
    );
    let html = shop.run("models halved --history --format html").stdout;
    assert!(html.contains("input by the hour</td>"), "{html}");
}

#[test]
fn what_does_nothing_beside_it_is_refused() {
    let shop = Shop::new();
    for (line, flag) in [
        ("models gone --history --as-of 2026-08-01", "--as-of"),
        ("models gone --history --max-age 3", "--max-age"),
        ("models gone --history --method mu", "--method"),
        ("models --sources --as-of 2026-08-01", "--as-of"),
        ("models --sources --history", "--history"),
        ("models gone --sources", "--sources"),
    ] {
        let (code, said) = shop.refused(line);
        assert_eq!(code, 2, "{line}: {said}");
        assert!(said.contains(flag), "{line}: {said}");
    }
    let (code, _) = shop.refused("models nothing-like-it --history");
    assert_eq!(code, 1);
}
