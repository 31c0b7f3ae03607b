# Generated from openapi/blackkonnect-sms.yaml by `nox -s generate`; change that and run it again.
"""Classes as attrs makes them, at less cost: attrs is loaded when somebody asks a class for its fields.

Importing attrs and letting it make the classes costs more than all the rest. To type checkers the names here
are attrs' own. When the program runs they make the same classes, with slots and the same `__init__`,
`__repr__`, `__eq__` and `__hash__`, each compiled when it is first needed; `attrs.fields`, `asdict`, `evolve`
and the like work, since `__attrs_attrs__` is made by attrs itself when it is first looked at. Only what this
package and its overlays need is there: no validators, converters, order or inheritance of fields.
"""

TYPE_CHECKING = False  # Type checkers know the name; `typing` would cost half of what this module saves.

if TYPE_CHECKING:
    from attrs import Factory, define, evolve, field, frozen
else:
    _NOTHING = object()

    class Factory:
        """What makes a default anew for each instance, as `attrs.Factory` does."""

        __slots__ = ("make",)

        def __init__(self, make):
            self.make = make

    class _Field:
        """What `field` was told of a field."""

        __slots__ = ("alias", "annotation", "default", "eq", "init", "kw_only", "name", "repr")

        def __init__(self, default, init, repr, eq, kw_only):  # noqa: A002 - named as in attrs
            self.default, self.init, self.repr, self.eq, self.kw_only = default, init, repr, eq, kw_only

    def field(  # noqa: PLR0913 - as in attrs
        *,
        default=_NOTHING,
        factory=None,
        init=True,
        repr=True,  # noqa: A002 - named as in attrs
        eq=True,
        kw_only=False,
    ):
        """Say more of a field than its default, as `attrs.field` does."""
        return _Field(default if factory is None else Factory(factory), init, repr, eq, kw_only)

    def define(cls=None, *, repr=True, eq=True, kw_only=False, frozen=False):  # noqa: A002 - named as in attrs
        """Make a class with slots of its annotations, as `attrs.define` does."""
        if cls is None:
            return lambda made: _record(made, repr, eq, kw_only, frozen)
        return _record(cls, repr, eq, kw_only, frozen)

    def frozen(cls=None, *, repr=True, eq=True, kw_only=False):  # noqa: A002 - named as in attrs
        """Make a class whose instances don't change, as `attrs.frozen` does."""
        return define(cls, repr=repr, eq=eq, kw_only=kw_only, frozen=True)

    def evolve(instance, **changes):
        """Copy an instance with changes, as `attrs.evolve` does."""
        cls = type(instance)
        made = vars(cls).get("__record__")
        if made is None:  # A class that somebody derived, with fields that are not known here.
            import attrs  # noqa: PLC0415 - what this module is there to avoid

            return attrs.evolve(instance, **changes)
        for one in made.fields:
            if one.init and one.alias not in changes:
                changes[one.alias] = getattr(instance, one.name)
        return cls(**changes)

    class _Record:
        """How a class was decorated."""

        __slots__ = ("cls", "eq", "fields", "frozen", "repr")

        def __init__(self, fields, repr, eq, frozen):  # noqa: A002 - named as in attrs
            self.fields, self.repr, self.eq, self.frozen = fields, repr, eq, frozen

    def _record(cls, repr, eq, kw_only, frozen):  # noqa: A002 - named as in attrs
        body = dict(vars(cls))
        fields = []
        for name, annotation in body.get("__annotations__", {}).items():
            if "ClassVar" in str(annotation):
                continue
            told = body.pop(name, _NOTHING)
            one = told if isinstance(told, _Field) else _Field(told, True, True, True, False)
            one.name, one.alias, one.annotation = name, name.lstrip("_"), annotation
            one.kw_only = one.kw_only or kw_only
            fields.append(one)
        record = _Record(tuple(fields), repr, eq, frozen)
        for name in ("__dict__", "__weakref__"):
            body.pop(name, None)
        weak = () if any(base.__weakrefoffset__ for base in cls.__bases__) else ("__weakref__",)
        body["__slots__"] = (*(one.name for one in fields), *weak)
        if "_LATER_" in body:
            _keep_sources(record, body)
        wanted = (True, repr, eq, eq and frozen)
        for (name, source), one_wanted in zip(_METHODS.items(), wanted, strict=True):
            if one_wanted and body.get(name) is None and (name != "__hash__" or "__hash__" not in body):
                body[name] = _OnFirstUse(record, source)
        if eq and not frozen:
            body.setdefault("__hash__", None)
        if frozen:
            body["__setattr__"], body["__delattr__"] = _refuse_to_set, _refuse_to_delete
        body.setdefault("__match_args__", tuple(one.name for one in fields if one.init and not one.kw_only))
        body.setdefault("__getstate__", _getstate)
        body.setdefault("__setstate__", _setstate)
        body["__record__"] = record
        body["__attrs_attrs__"] = _ByAttrs(record)
        record.cls = type(cls)(cls.__name__, cls.__bases__, body)
        return record.cls

    def _keep_sources(record, body):
        later, slots = body["_LATER_"], body["__slots__"]
        kept = [f"_{name}_" for field in later for name in (field, f"{field}_value")]
        body["__slots__"] = (*(name for name in slots if name not in later), *kept)
        for one in record.fields:
            if one.name in later:
                body[one.name] = _Later(record, one, later[one.name])

    class _Later:
        """A field whose source is kept, and read when somebody asks for the field.

        A class names such fields in `_LATER_`, each with what reads its source; the source of `name` is put
        into `_name_`. The first who asks has the property compiled, which takes this one's place.
        """

        __slots__ = ("field", "read", "record")

        def __init__(self, record, field, read):
            self.record, self.field, self.read = record, field, read

        def __get__(self, instance, owner=None):
            return self if instance is None else self._compiled().__get__(instance, owner)

        def __set__(self, instance, value):
            self._compiled().__set__(instance, value)

        def __delete__(self, instance):
            self._compiled().__delete__(instance)

        def _compiled(self):
            name = self.field.name
            known = {"_nothing_": _NOTHING, "_read_": self.read, "_default_": self.field.default}
            exec(_LATER_SOURCE.replace("NAME", name), known)  # noqa: S102 - of names in a class body alone
            made = property(known["get"], known["put"], known["drop"])
            setattr(self.record.cls, name, made)
            return made

    # The source goes last, since another thread looks for it.
    _LATER_SOURCE = """
def get(self):
    source = self._NAME_
    if source is _nothing_:
        return self._NAME_value_
    value = self._NAME_value_ = _read_(source, _default_)
    self._NAME_ = _nothing_
    return value

def put(self, value):
    self._NAME_value_ = value
    self._NAME_ = _nothing_

def drop(self):
    get(self)
    del self._NAME_value_
"""

    class _OnFirstUse:
        """A method that is compiled, and put in its place, when it is first looked at."""

        __slots__ = ("name", "record", "source")

        def __init__(self, record, source):
            self.record, self.source = record, source

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, instance, owner=None):
            cls = self.record.cls
            known = {"__name__": cls.__module__, "_nothing_": _NOTHING, "_cls_": cls}
            exec(self.source(self.record, known), known)  # noqa: S102 - of names in a class body alone
            method = known[self.name]
            method.__qualname__ = f"{cls.__qualname__}.{self.name}"
            if self.name == "__init__":
                method.__annotations__ = {
                    **{one.alias: one.annotation for one in self.record.fields if one.init},
                    "return": None,
                }
            setattr(cls, self.name, method)
            return method if instance is None else method.__get__(instance, cls)

    def _init_source(record, known):
        order = sorted((one for one in record.fields if one.init), key=lambda one: one.kw_only)
        parameters, lines = ["self"], []
        for one in order:
            if one.kw_only and "*" not in parameters:
                parameters.append("*")
            if one.default is _NOTHING:
                parameters.append(one.alias)
            else:
                made = isinstance(one.default, Factory)
                known[f"_default_{one.name}"] = _NOTHING if made else one.default
                parameters.append(f"{one.alias}=_default_{one.name}")
        for one in record.fields:
            value = one.alias
            if isinstance(one.default, Factory):
                known[f"_make_{one.name}"] = one.default.make
                fresh = f"_make_{one.name}()"
                value = f"{fresh} if {one.alias} is _nothing_ else {one.alias}" if one.init else fresh
            elif not one.init:
                if one.default is _NOTHING:
                    continue
                known[f"_default_{one.name}"] = one.default
                value = f"_default_{one.name}"
            if record.frozen:
                known[f"_set_{one.name}"] = vars(record.cls)[one.name].__set__
                lines.append(f"_set_{one.name}(self, {value})")
            else:
                lines.append(f"self.{one.name} = {value}")
        if hasattr(record.cls, "__attrs_post_init__"):
            lines.append("self.__attrs_post_init__()")
        return f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"])

    def _repr_source(record, known):
        shown = []
        for one in record.fields:
            if one.repr is True:
                shown.append(f"{one.name}={{self.{one.name}!r}}")
            elif one.repr:
                known[f"_show_{one.name}"] = one.repr
                shown.append(f"{one.name}={{_show_{one.name}(self.{one.name})}}")
        name = '{self.__class__.__qualname__.rsplit(">.", 1)[-1]}'
        return f"def __repr__(self):\n return f'''{name}({', '.join(shown)})'''"

    def _eq_source(record, known):
        same = " and ".join(f"self.{one.name} == other.{one.name}" for one in record.fields if one.eq)
        return (
            "def __eq__(self, other):\n"
            " if other.__class__ is not self.__class__:\n  return NotImplemented\n"
            f" return {same or 'True'}"
        )

    def _hash_source(record, known):
        values = "".join(f"self.{one.name}, " for one in record.fields if one.eq)
        return f"def __hash__(self):\n return hash((_cls_, {values}))"

    _METHODS = {
        "__init__": _init_source,
        "__repr__": _repr_source,
        "__eq__": _eq_source,
        "__hash__": _hash_source,
    }

    class _ByAttrs:
        """`__attrs_attrs__`, by which attrs knows its classes, made by attrs when it is first looked at."""

        __slots__ = ("record",)

        def __init__(self, record):
            self.record = record

        def __get__(self, instance, owner=None):
            import attrs  # noqa: PLC0415 - what this module is there to avoid

            record = self.record
            body = {"__annotations__": {one.name: one.annotation for one in record.fields}}
            for one in record.fields:
                told = {"init": one.init, "repr": one.repr, "eq": one.eq, "kw_only": one.kw_only}
                if isinstance(one.default, Factory):
                    told["factory"] = one.default.make
                elif one.default is not _NOTHING:
                    told["default"] = one.default
                body[one.name] = attrs.field(**told)
            decorate = attrs.frozen if record.frozen else attrs.define
            twin = decorate(type(record.cls.__name__, (), body), repr=record.repr, eq=record.eq)
            record.cls.__attrs_attrs__ = twin.__attrs_attrs__
            return twin.__attrs_attrs__

    def _refuse_to_set(self, name, value):
        from attrs.exceptions import FrozenInstanceError  # noqa: PLC0415 - what this module is there to avoid

        raise FrozenInstanceError

    def _refuse_to_delete(self, name):
        _refuse_to_set(self, name, None)

    def _getstate(self):
        names = (one.name for one in self.__record__.fields)
        return {name: getattr(self, name) for name in names if hasattr(self, name)}

    def _setstate(self, state):
        for name, value in state.items():
            object.__setattr__(self, name, value)


__all__ = ["Factory", "define", "evolve", "field", "frozen"]
