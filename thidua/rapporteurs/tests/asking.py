"""Makes talks whose listeners are asked, for tests."""

from datetime import date, timedelta

from thidua.rapporteurs.actions import feedback as actions
from thidua.rapporteurs.models import FeedbackForm, FeedbackQuestion, Talk
from thidua.rapporteurs.rules.feedback import Closing
from thidua.rapporteurs.tests.talking import member, signed_in, topic

TODAY = date(2021, 11, 1)
QUESTIONS = tuple(FeedbackQuestion.values)


def cookie(number):
    """The cookie of the n-th phone."""
    return f"dien-thoai-so-{number:010d}"


def sheet(value=5, **more):
    """One sheet that answers everything alike, but for what is named."""
    return dict.fromkeys(QUESTIONS, value) | more


class Hall:
    """A talk of the second unit today, by somebody who signs in, and what its listeners do."""

    def __init__(self, world, now, listeners=100):
        self.world, self.now = world, now
        self.year = world.year(stage="running")
        self.speaker, self.speaker_person, self.speaker_actor = signed_in(world, world.unit(2), now)
        self.topic = topic(self.year)
        self.talk = self.add_talk(listeners=listeners)
        self.officer = world.officer(2)

    def add_talk(self, *, speaker=None, held_on=TODAY, listeners=100, unit=None) -> Talk:
        """A talk, straight into the table."""
        speaker = speaker or self.speaker
        made = Talk.objects.create(
            year=self.year, unit=unit or speaker.unit, speaker=speaker, held_on=held_on, place="Hội trường", listeners=listeners,
            recorded_at=self.now, recorded_by_name="Cán bộ",
        )  # fmt: skip
        made.topics.add(self.topic)
        return made

    def other_speaker(self, number=3, name="Lê Văn Chi"):
        """A rapporteur of another unit."""
        return member(self.world.unit(number), name)

    def open(self, talk=None, closes=Closing.DAY_AFTER) -> FeedbackForm:
        """An open form."""
        return actions.open_form(talk=talk or self.talk, closes=closes, actor=self.world.superior(), now=self.now)

    def answer(self, form, number, value=5, remark="", now=None, **more):
        """The sheet of the n-th phone."""
        at = now or self.now + timedelta(hours=1)
        actions.answer(form=form, answers=sheet(value, **more), remark=remark, cookie=cookie(number), now=at)

    def close(self, form):
        """Closed by the superior body."""
        actions.close_form(form=form, actor=self.world.superior(), now=self.now + timedelta(hours=2))
        form.refresh_from_db()

    def asked(self, values=(5,) * 10, remarks=(), talk=None) -> FeedbackForm:
        """A closed form with these sheets (each answers everything alike); `remarks` go with the first of them."""
        form = self.open(talk)
        for number, value in enumerate(values, 1):
            self.answer(form, number, value, remarks[number - 1] if number <= len(remarks) else "")
        self.close(form)
        return form
