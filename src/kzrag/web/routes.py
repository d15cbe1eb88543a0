"""What programs reach: `POST /api/answer`, `GET /healthz`, and the function behind Gradio's `/answer`.

(No postponed annotations, and FastAPI imported here: it reads those of the handlers. Only `server` imports this.)
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.security import HTTPBasic, HTTPBasicCredentials
from pydantic import BaseModel, Field, ValidationError

from kzrag.errors import KzragError
from kzrag.web.accounts import Accounts
from kzrag.web.desk import QUESTION_LIMIT, Desk
from kzrag.web.guard import TOO_FAST, Limiter

HISTORY_LIMIT = 200
"""Turns of a history that a program may send."""
TURN_LIMIT = 20_000
"""Characters of one such turn: the longest answer and its quotes."""


class Said(BaseModel):
    """One turn of a conversation."""

    role: Literal["user", "assistant"]
    content: Annotated[str, Field(max_length=TURN_LIMIT)]


class Asked(BaseModel):
    """A question, with the turns before it when it is a follow-up."""

    question: Annotated[str, Field(min_length=1, max_length=QUESTION_LIMIT)]
    history: Annotated[list[Said], Field(max_length=HISTORY_LIMIT)] = []


def plain_routes(desk: Desk, limiter: Limiter, accounts: Accounts | None) -> APIRouter:
    """The routes that OpenAPI describes. With accounts, HTTP basic authentication is asked for."""
    router = APIRouter()
    basic = HTTPBasic(auto_error=False)

    def allowed(request: Request, login: Annotated[HTTPBasicCredentials | None, Depends(basic)]) -> None:
        if not limiter.allows(request.client.host if request.client else "unknown"):
            raise HTTPException(429, TOO_FAST)
        if accounts is not None and not (login and accounts.verify(login.username, login.password)):
            raise HTTPException(401, "Log in with a user name and password.", {"WWW-Authenticate": "Basic"})

    @router.post("/api/answer", dependencies=[Depends(allowed)])
    def answer(asked: Asked) -> dict[str, Any]:
        """The answer to a question, as `Answer.to_dict()`."""
        try:
            return answered(desk, asked)
        except KzragError as error:
            raise HTTPException(503, str(error)) from None

    @router.get("/healthz")
    def healthz() -> dict[str, str]:
        """That the server is up."""
        return {"status": "ok"}

    return router


def answer_for_programs(desk: Desk, limiter: Limiter) -> Callable[..., dict[str, Any]]:
    """What `gradio_client` reaches as `/answer`."""
    import gradio as gr

    def answer(question: str, history: list[dict[str, Any]] | None, request: gr.Request) -> dict[str, Any]:
        if not limiter.allows(request.client.host if request.client else "unknown"):
            raise gr.Error(TOO_FAST)
        try:
            return answered(desk, Asked.model_validate({"question": question, "history": history or []}))
        except ValidationError:
            raise gr.Error(
                f"Send a question of 1 to {QUESTION_LIMIT} characters and a history of role and content."
            ) from None
        except KzragError as error:
            raise gr.Error(str(error)) from None

    return answer


def answered(desk: Desk, asked: Asked) -> dict[str, Any]:
    return desk.assistant.answer(asked.question, [turn.model_dump() for turn in asked.history]).to_dict()
