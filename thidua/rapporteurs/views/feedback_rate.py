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


def too_many_sheets(request: HttpRequest, code: str) -> bool:
    """Counts a sheet sent to a form; says whether that was too much. Each process of the server counts for itself."""
    now = request.now
    by_address = _count(f"{code}:{_address(request)}", now) > FROM_ONE_ADDRESS
    return _count(code, now) > FOR_ONE_FORM or by_address


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
