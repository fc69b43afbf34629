"""How a time is written where no format is given: in the tables of the admin, short enough for a column."""

DATETIME_FORMAT = "Y-m-d H:i"
