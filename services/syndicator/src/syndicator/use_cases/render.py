# SPDX-License-Identifier: EUPL-1.2
"""Write an article in the formats of a channel: once per version, locale, format and options."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
import structlog

from communique.events.article import Article
from communique.events.delivery import Action
from communique.events.media import Asset, AssetState
from syndicator.domain.channel import Channel
from syndicator.domain.delivery import Wanted
from syndicator.domain.withdrawal import as_withdrawn
from syndicator.ports import Deps, Rendered, RenderKey, UnitOfWork, View

log = structlog.get_logger()
_SETTLED: Final = frozenset({AssetState.READY, AssetState.REJECTED, AssetState.WITHDRAWN})
_NOTES: Final = frozenset({Action.REPLY, Action.NOTICE})


class FormatterFailed(Exception):
    """A formatter has crashed on this article; the row fails, and says so."""


class AssetMissing(Exception):
    """The article shows a picture that nobody has told us of yet."""

    def __init__(self, asset: str) -> None:
        """Keep its id."""
        super().__init__(asset)
        self.asset = asset


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be written: which article, for which channel, language and action."""

    article: Article
    channel: Channel
    locale: str
    wanted: Wanted
    action: Action
    patient: bool


def link_to(site_url: str, article: Article, locale: str) -> str:
    """Return the public address of an article in a language."""
    return f"{site_url.rstrip('/')}/articles/{locale}/{article.locales[locale].slug}"


def render(work: UnitOfWork, job: Job, deps: Deps) -> dict[str, Rendered]:
    """Write every format that the channel wants.

    Raises:
        AssetMissing: a picture is not known yet and the job is patient.
        FormatterFailed: a formatter crashed.
    """
    locale = job.wanted.served_locale
    article = job.article if job.wanted.selected else as_withdrawn(job.article, locale)
    assets = _assets(work, article, patient=job.patient)
    view = View(
        article=article,
        locale=job.locale,
        served_locale=locale,
        link=link_to(deps.site_url, article, locale),
        links={each: link_to(deps.site_url, article, each) for each in article.locales},
        assets=assets,
        options=_options(job, withdrawn=article.retracted),
    )
    digest = _digest(view, job.wanted)
    return {
        form: _once(work, RenderKey(article.id, article.version, locale, form, digest), view, deps)
        for form in sorted(job.channel.formats)
    }


def _once(work: UnitOfWork, key: RenderKey, view: View, deps: Deps) -> Rendered:
    known = work.renderings.find(key)
    if known is not None:
        return known
    try:
        made = deps.formatters[key.format].render(view)
    except Exception as error:  # a plug-in may fail in any way, and that must not stop the others
        log.exception("formatter crashed", format=key.format, article=key.article)
        raise FormatterFailed(f"{key.format}: {type(error).__name__}: {error}") from error
    work.renderings.put(key, made)
    return made


def _assets(work: UnitOfWork, article: Article, *, patient: bool) -> Mapping[str, Asset]:
    used = [use.asset for use in article.media]
    known = work.assets.find(used)
    for asset in used:
        if patient and (asset not in known or known[asset].state not in _SETTLED):
            raise AssetMissing(asset)
    return {name: asset for name, asset in known.items() if asset.state is AssetState.READY}


def _options(job: Job, *, withdrawn: bool) -> dict[str, Any]:
    options = dict(job.channel.options)
    if withdrawn:
        options["retraction_policy"] = "delete" if job.action is Action.DELETE else "notice"
    elif job.action in _NOTES:
        options["form"] = "correction-reply"
    return options


def _digest(view: View, wanted: Wanted) -> str:
    depends_on = {
        "locale": view.locale,
        "options": dict(view.options),
        "assets": [view.assets[name] for name in sorted(view.assets)],
        "selected": wanted.selected,
    }
    return hashlib.sha256(orjson.dumps(depends_on, option=orjson.OPT_SORT_KEYS)).hexdigest()
