"""Recipes over HTTP: kept, priced, run over many pictures, and their runs looked at and called off."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from backend.routers.deps import WORK, CurrentUser, Jobs, Reader, Recipes
from backend.routers.sending import Sent
from backend.schemas.base import JobId
from backend.schemas.recipes import (
    RecipeForm,
    RecipeId,
    RecipeList,
    RecipeView,
    RunDetail,
    RunForm,
    RunList,
    RunQuery,
    RunQuote,
)
from backend.services.recipes.rows import rows_of

router = APIRouter(prefix="/api/image-studio", tags=["recipes"])

Id = Annotated[str, Path(max_length=64, description="The recipe's id.")]
RunId = Annotated[str, Path(max_length=64, description="The run's id, which is its job's.")]


async def run_form(request: Request) -> RunForm:
    """Return what a run is asked to go over: JSON, or the rows of a CSV file.

    Raises:
        InvalidRequest: the file can't be read.
    """
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "text/csv":
            return RunForm.model_validate({"rows": rows_of(body)})
        return RunForm.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in error.errors()]) from None


Over = Annotated[RunForm, Depends(run_form)]
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": RunForm.model_json_schema()},
            "text/csv": {"schema": {"type": "string", "description": "The first line names the columns."}},
        },
    }
}
"""How the body is described in OpenAPI, since it is read by hand. Any: FastAPI's own shape."""


@router.get("/recipes")
async def list_recipes(caller: CurrentUser, recipes: Recipes) -> RecipeList:
    """List the workspace's recipes, in the order of their names."""
    return await recipes.listed(caller)


@router.post("/recipes", status_code=201)
async def add_recipe(caller: CurrentUser, recipes: Recipes, form: RecipeForm) -> RecipeView:
    """Keep a recipe: named steps, each of which works on what the one before it made."""
    return await recipes.add(caller, form)


@router.get("/recipes/{recipe_id}")
async def get_recipe(caller: CurrentUser, recipes: Recipes, recipe_id: Id) -> RecipeView:
    """Return a recipe."""
    return await recipes.get(caller, RecipeId(recipe_id))


@router.put("/recipes/{recipe_id}")
async def replace_recipe(caller: CurrentUser, recipes: Recipes, recipe_id: Id, form: RecipeForm) -> RecipeView:
    """Put another recipe in the place of one; runs that have begun go on as they were."""
    return await recipes.replace(caller, RecipeId(recipe_id), form)


@router.delete("/recipes/{recipe_id}", status_code=204)
async def remove_recipe(caller: CurrentUser, recipes: Recipes, recipe_id: Id) -> None:
    """Delete a recipe for good; runs that have begun go on."""
    await recipes.remove(caller, RecipeId(recipe_id))


@router.post("/recipes/{recipe_id}/quote", openapi_extra=BODY)
async def quote_run(caller: Reader, recipes: Recipes, recipe_id: Id, form: Over) -> RunQuote:
    """Return what a run would cost; nothing is begun."""
    return await recipes.quote(caller, RecipeId(recipe_id), form)


@router.post("/recipes/{recipe_id}/runs", status_code=202, openapi_extra=BODY | WORK)
async def begin_run(  # noqa: PLR0913 - what an endpoint needs is its signature
    caller: CurrentUser, recipes: Recipes, sent: Sent, response: Response, *, recipe_id: Id, form: Over
) -> RunDetail:
    """Begin a run of a recipe over pictures or rows; `Location` is where it can be followed."""
    run = await recipes.begin(caller, RecipeId(recipe_id), form, sent.of(form.model_dump_json().encode()))
    response.headers["Location"] = f"/api/image-studio/runs/{run}"
    return await recipes.run(caller, run)


@router.get("/runs")
async def list_runs(caller: CurrentUser, recipes: Recipes, query: Annotated[RunQuery, Query()]) -> RunList:
    """Return the workspace's runs, newest first."""
    return await recipes.runs(caller, query)


@router.get("/runs/{run_id}")
async def get_run(caller: CurrentUser, recipes: Recipes, run_id: RunId) -> RunDetail:
    """Return a run and what became of each of its items so far."""
    return await recipes.run(caller, JobId(run_id))


@router.delete("/runs/{run_id}", status_code=202)
async def cancel_run(caller: CurrentUser, recipes: Recipes, jobs: Jobs, run_id: RunId) -> RunDetail:
    """Call a run off: what is ready stays, what is being made is interrupted, the rest is not begun."""
    run = (await recipes.run(caller, JobId(run_id))).id
    await jobs.cancel(caller, run)
    return await recipes.run(caller, run)
