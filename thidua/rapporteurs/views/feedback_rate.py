"""How often the public may write. Counted in memory, by keyed digests: no address is kept anywhere."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

MINUTE = 60
FROM_ONE_ADDRESS = 200
"""Sheets a minute for one form from one address: a hall of 300 people is behind one Wi-Fi."""
FOR_ONE_FORM = 600
UNKNOWN_CODES = 60
"""Codes a minute from one address that lead nowhere: slips while typing, not a search. (27^8 codes cannot be searched.)"""


def too_many_from_here(request: HttpRequest, code: str) -> bool:
    """Counts a sheet sent to a form from one address; says whether that was too much. Each process counts for itself."""
    return _count(f"{code}:{_address(request)}", request.now) > FROM_ONE_ADDRESS


def too_many_in_all(request: HttpRequest, code: str) -> bool:
    """Counts a sheet that is about to be taken, from wherever; says whether that was too much. What was refused before is not
    counted here: or one address could shut the form for the whole hall."""
    return _count(code, request.now) > FOR_ONE_FORM


def too_many_unknown(request: HttpRequest) -> bool:
    """Counts a code that leads nowhere; says whether that was too much."""
    return _count(f"unknown:{_address(request)}", request.now) > UNKNOWN_CODES


def _address(request: HttpRequest) -> str:
    """The address as sign-in reckons it (behind a proxy: see the settings of django-allauth)."""
    return get_adapter().get_client_ip(request)


def _count(what: str, now: datetime) -> int:
    """How often in this minute, with this time."""
    minute = int(now.timestamp()) // MINUTE
    key = salted_hmac("thidua.rapporteurs.feedback.rate", f"{what}:{minute}", algorithm="sha256").hexdigest()
    if cache.add(key, 1, 2 * MINUTE):
        return 1
    try:
        return int(cache.incr(key))
    except ValueError:  # pushed out in between: the count begins anew
        return 1
