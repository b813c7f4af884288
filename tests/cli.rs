//! CLI cases, one file each: the command, its output, its status.

#[test]
fn cli_cases() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
