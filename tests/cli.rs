//! CLI cases, one file each: the command, its output, its status.

#[test]
fn cli_cases() {
    let cases = trycmd::TestCases::new();
    // What a person does between two commands.
    cases.register_bin("cp", std::path::Path::new("/bin/cp"));
    cases.case("tests/cmd/*.trycmd");
}
