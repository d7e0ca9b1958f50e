"""What the data package is: its contract, its files, its versions; knows neither raw/ nor SQL nor zips."""
