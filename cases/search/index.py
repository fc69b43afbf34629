"""Placeholder of the index: filled by the search step."""


def index_case(published, content) -> None: ...


def remove_case(pk: int) -> None: ...


def clear_index() -> None: ...
