"""What reading and writing XES (IEEE 1849) share: its names, and which of them are members of the log itself."""

NAMESPACE = "http://www.xes-standard.org/"
VERSION = "1849.2016"
NAME, TRANSITION, TIME, RESOURCE = "concept:name", "lifecycle:transition", "time:timestamp", "org:resource"
INSTANCE = "concept:instance"
MEDIA_TYPE = "application/xml"
EXTENSIONS = (
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
    ("Cost", "cost", "http://www.xes-standard.org/cost.xesext"),
)
