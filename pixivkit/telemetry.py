"""
Emit OpenTelemetry spans and metrics of calls, through its API (the extra ``telemetry``).

    Pixiv(app=..., on_event=Telemetry())

What becomes of them is for the OpenTelemetry SDK of your program to say; without one they cost
next to nothing. Names follow OpenTelemetry's conventions for HTTP clients where there are any.
"""

from __future__ import annotations

from typing import Final

from ._core.basics.events import (
    CallFinished,
    CallStarted,
    CredentialRenewed,
    Event,
    RateLimitHit,
    ReplyReceived,
    Retrying,
)
from ._core.basics.extras import needs
from ._version import __version__
from .errors import ApiError

with needs("telemetry", "pixivkit.telemetry"):
    from opentelemetry import metrics, trace
    from opentelemetry.trace import Span, SpanKind, StatusCode

__all__ = ["Telemetry"]

_SCOPE: Final = "pixivkit"


class Telemetry:
    """
    A listener that turns events into spans and metrics.

    Spans are called after the endpoint, such as ``app.illust.detail``, and begin and end with the
    call; retries, rate limits and renewals are events of them. Metrics: ``pixivkit.calls``,
    ``pixivkit.call.duration``, ``pixivkit.request.duration``, ``pixivkit.retries`` and
    ``pixivkit.rate_limits``. Those of a `pixivkit.cluster.Cluster` say the account and the node of
    its home. One listener serves one client.

    Args:
        tracer_provider: Where spans go; OpenTelemetry's global one by default.
        meter_provider: Where metrics go; OpenTelemetry's global one by default.
    """

    def __init__(
        self,
        *,
        tracer_provider: trace.TracerProvider | None = None,
        meter_provider: metrics.MeterProvider | None = None,
    ) -> None:
        self._tracer = trace.get_tracer(_SCOPE, __version__, tracer_provider)
        meter = metrics.get_meter(_SCOPE, __version__, meter_provider)
        self._calls = meter.create_counter("pixivkit.calls", description="Calls that ended.")
        self._call_seconds = meter.create_histogram(
            "pixivkit.call.duration", "s", "From awaiting a call to its end, waits included."
        )
        self._request_seconds = meter.create_histogram(
            "pixivkit.request.duration", "s", "From sending a request to the end of its reply."
        )
        self._retries = meter.create_counter("pixivkit.retries", description="Attempts repeated.")
        self._limits = meter.create_counter("pixivkit.rate_limits", description="Rate limits met.")
        self._spans: dict[int, Span] = {}

    def __call__(self, event: Event) -> None:
        """Record an event."""
        labels = {"pixiv.endpoint": event.endpoint}
        if event.account:
            labels |= {"pixiv.account": event.account, "pixiv.node": event.node}
        span = self._spans.get(event.call_id, trace.INVALID_SPAN)
        match event:
            case CallStarted():
                self._spans[event.call_id] = self._tracer.start_span(
                    event.endpoint, kind=SpanKind.CLIENT, attributes=labels
                )
            case ReplyReceived():
                self._request_seconds.record(
                    event.seconds, {**labels, "http.response.status_code": event.status}
                )
                span.set_attribute("http.response.status_code", event.status)
            case RateLimitHit():
                self._limits.add(1, labels)
                span.add_event("rate limit", {"pixiv.pause": event.pause})
            case CredentialRenewed():
                span.add_event("credential renewed", {"pixiv.renewed": event.renewed})
            case Retrying():
                self._retries.add(1, labels)
                error = type(event.error).__name__
                span.add_event("retry", {"error.type": error, "pixiv.delay": event.delay})
            case CallFinished():
                self._finish(event, span, labels)
            case _:
                pass

    def _finish(self, event: CallFinished, span: Span, labels: dict[str, str]) -> None:
        kind = type(event.error).__name__ if event.error else ""
        if event.cancelled:
            kind = "cancelled"
        outcome = {**labels, "error.type": kind} if kind else labels
        self._calls.add(1, outcome)
        self._call_seconds.record(event.seconds, outcome)
        span.set_attribute("http.request.resend_count", max(0, event.attempts - 1))
        if event.error is not None:
            span.set_attribute("error.type", kind)
            status = event.error.status if isinstance(event.error, ApiError) else 0
            span.set_status(StatusCode.ERROR, f"{kind} {status or ''}".strip())
        span.end()
        self._spans.pop(event.call_id, None)
