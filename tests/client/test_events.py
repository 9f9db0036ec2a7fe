"""What a client tells about its work: to a listener, to the log, to OpenTelemetry."""

from __future__ import annotations

import logging

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from pixivkit.errors import NotFound, ServerError
from pixivkit.events import (
    CallFinished,
    CallStarted,
    CredentialRenewed,
    Event,
    RateLimitHit,
    ReplyReceived,
    RequestSent,
    Retrying,
)
from pixivkit.telemetry import Telemetry
from pixivkit.testing import FakeClock, FakePixiv

pytestmark = pytest.mark.anyio

LIMIT = {"error": {"user_message": "", "message": "Rate Limit", "reason": ""}}


@pytest.fixture
def fake() -> FakePixiv:
    return FakePixiv(works=20)


async def test_a_call_is_told_from_its_start_to_its_end(fake: FakePixiv) -> None:
    events: list[Event] = []

    async with fake.client(on_event=events.append) as px:
        await px.app.illust.detail(next(iter(fake.world.works)))

    own = [event for event in events if event.call_id]
    assert [CallStarted, RequestSent, ReplyReceived, CallFinished] == [type(e) for e in own]
    assert {"app.illust.detail"} == {event.endpoint for event in own}
    assert len({event.call_id for event in own}) == 1
    assert [e.endpoint for e in events if not e.call_id] == ["oauth.auth.token_refresh"]


async def test_limits_renewals_and_retries_are_told(fake: FakePixiv) -> None:
    events: list[Event] = []
    illust_id = next(iter(fake.world.works))
    fake.fail_next("app.illust.detail", status=403, body=LIMIT)
    fake.fail_next("app.illust.detail", status=503)

    async with fake.client(on_event=events.append, clock=FakeClock()) as px:
        await px.app.illust.detail(illust_id)
        fake.expire_tokens()
        await px.app.illust.detail(illust_id)

    kinds = [type(event) for event in events]
    assert kinds.count(RateLimitHit) == 1
    assert kinds.count(Retrying) == 1
    assert kinds.count(CredentialRenewed) == 1
    retry = next(event for event in events if isinstance(event, Retrying))
    assert isinstance(retry.error, ServerError)
    assert [event.attempts for event in events if isinstance(event, CallFinished)] == [3, 2]


async def test_a_failure_is_told_with_its_error(fake: FakePixiv) -> None:
    events: list[Event] = []

    async with fake.client(on_event=events.append) as px:
        with pytest.raises(NotFound):
            await px.app.illust.detail(1)

    (finished,) = [event for event in events if isinstance(event, CallFinished)]
    assert isinstance(finished.error, NotFound)
    assert not finished.cancelled


async def test_a_listener_that_raises_harms_nothing(
    fake: FakePixiv, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(event: Event) -> None:
        raise LookupError(event.endpoint)

    illust_id = next(iter(fake.world.works))
    async with fake.client(on_event=broken) as px:
        work = await px.app.illust.detail(illust_id)

    assert illust_id == work.id
    assert "a listener failed" in caplog.text


async def test_the_log_has_the_fields_as_attributes(
    fake: FakePixiv, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "pixivkit")

    async with fake.client() as px:
        await px.app.illust.detail(next(iter(fake.world.works)))

    (record,) = [r for r in caplog.records if getattr(r, "event", "") == "CallFinished"]
    assert record.__dict__["endpoint"] == "app.illust.detail"
    assert record.__dict__["attempts"] == 1
    assert fake.refresh_token not in caplog.text


async def test_opentelemetry_gets_spans_and_metrics(fake: FakePixiv) -> None:
    spans, reader = InMemorySpanExporter(), InMemoryMetricReader()
    tracers = TracerProvider()
    tracers.add_span_processor(SimpleSpanProcessor(spans))
    meters = MeterProvider([reader])
    telemetry = Telemetry(tracer_provider=tracers, meter_provider=meters)
    fake.fail_next("app.illust.detail", status=502)

    async with fake.client(on_event=telemetry, clock=FakeClock()) as px:
        await px.app.illust.detail(next(iter(fake.world.works)))
        with pytest.raises(NotFound):
            await px.app.illust.detail(1)

    good, bad = spans.get_finished_spans()
    assert "app.illust.detail" == good.name == bad.name
    assert [event.name for event in good.events] == ["retry"]
    assert bad.status.status_code is StatusCode.ERROR
    assert (bad.attributes or {})["error.type"] == "NotFound"
    data = reader.get_metrics_data()
    assert data is not None
    names = {m.name for r in data.resource_metrics for s in r.scope_metrics for m in s.metrics}
    assert {"pixivkit.calls", "pixivkit.call.duration", "pixivkit.retries"} <= names
