"""Django set up with the bench as an application of its own, for viewflow asks each flow for one."""

import django
from django.conf import settings

settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "bench"]
django.setup()
