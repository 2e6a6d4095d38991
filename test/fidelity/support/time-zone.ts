// Puts the process into a time zone whose clocks change, so that a date that passes through one shows it. To be imported
// before anything that reads the clock.
process.env["TZ"] = "America/New_York";
