"""The settings of the product, with one more address and a template engine as `django-admin startproject` sets it up."""

from pathlib import Path

from thidua.config.settings import *  # noqa: F403
from thidua.config.settings import TEMPLATES

ROOT_URLCONF = "benchmarks.bare.urls"
TEMPLATES = [
    *TEMPLATES,
    {
        "NAME": "bare",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
