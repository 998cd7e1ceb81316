from datetime import datetime, timedelta, timezone, date
d = datetime(2024, 2, 28, 23, 59, tzinfo=timezone.utc)
print(d + timedelta(days=1), d.strftime("%A %d %B %Y"), datetime.strptime("2020-01-02", "%Y-%m-%d"), date(2024, 1, 1).timetuple())
