"""Where a pod may run: affinity, spreading, tolerations, gates (pkg/apis/core/validation)."""

from collections.abc import Iterable
from typing import Any

from .. import names
from ..errors import FieldError, duplicate, each_invalid, forbidden, invalid, not_supported, required
from ..metadata import label_selector

Body = dict[str, Any]
HARD = "requiredDuringSchedulingIgnoredDuringExecution"
SOFT = "preferredDuringSchedulingIgnoredDuringExecution"
EFFECTS = ("NoSchedule", "PreferNoSchedule", "NoExecute")
WEIGHTS = "must be in the range 1-100"
IN_BOTH = "exists in both matchLabelKeys and labelSelector"
NO_SELECTOR = "must not be specified when labelSelector is not set"


def affinity(found: Body, path: str) -> Iterable[FieldError]:
    yield from _node_affinity(found.get("nodeAffinity") or {}, f"{path}.nodeAffinity")
    for which in ("podAffinity", "podAntiAffinity"):
        terms = found.get(which) or {}
        for i, term in enumerate(terms.get(HARD) or ()):
            yield from _pod_term(term, f"{path}.{which}.{HARD}[{i}]")
        for i, weighted in enumerate(terms.get(SOFT) or ()):
            here = f"{path}.{which}.{SOFT}[{i}]"
            yield from _weight(weighted, here)
            yield from _pod_term(weighted.get("podAffinityTerm") or {}, f"{here}.podAffinityTerm")


def _weight(weighted: Body, path: str) -> Iterable[FieldError]:
    weight = weighted.get("weight") or 0
    if not 1 <= weight <= 100:
        yield invalid(f"{path}.weight", weight, WEIGHTS)


def _node_affinity(found: Body, path: str) -> Iterable[FieldError]:
    if found.get(HARD) is not None:
        terms, here = found[HARD].get("nodeSelectorTerms") or (), f"{path}.{HARD}.nodeSelectorTerms"
        if not terms:
            yield required(here, "must have at least one node selector term")
        for i, term in enumerate(terms):
            yield from _node_term(term, f"{here}[{i}]", check_values=True)
    for i, weighted in enumerate(found.get(SOFT) or ()):
        here = f"{path}.{SOFT}[{i}]"
        yield from _weight(weighted, here)
        yield from _node_term(weighted.get("preference") or {}, f"{here}.preference", check_values=False)


def _node_term(term: Body, path: str, check_values: bool) -> Iterable[FieldError]:
    """A preference may name label values that no node can have: it just never comes true."""
    for i, requirement in enumerate(term.get("matchExpressions") or ()):
        yield from _requirement(requirement, f"{path}.matchExpressions[{i}]", check_values)
    for i, requirement in enumerate(term.get("matchFields") or ()):
        yield from _field_requirement(requirement, f"{path}.matchFields[{i}]")


def _requirement(requirement: Body, path: str, check_values: bool) -> Iterable[FieldError]:
    operator, values = requirement.get("operator") or "", requirement.get("values") or []
    key = requirement.get("key") or ""
    if operator in ("In", "NotIn"):
        if not values:
            yield required(f"{path}.values", "must be specified when `operator` is 'In' or 'NotIn'")
    elif operator in ("Exists", "DoesNotExist"):
        if values:
            yield forbidden(f"{path}.values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")
    elif operator in ("Gt", "Lt"):
        if len(values) != 1:
            yield required(f"{path}.values", "must be specified single value when `operator` is 'Lt' or 'Gt'")
    else:
        yield invalid(f"{path}.operator", operator, "not a valid selector operator")
    yield from each_invalid(f"{path}.key", key, names.qualified_name(key))
    for i, value in enumerate(values if check_values else ()):
        yield from each_invalid(f"{path}.values[{i}]", value, names.label_value(value))


def _field_requirement(requirement: Body, path: str) -> Iterable[FieldError]:
    """A node can be picked by one field, its name."""
    operator, key = requirement.get("operator") or "", requirement.get("key") or ""
    values = requirement.get("values") or []
    if operator not in ("In", "NotIn"):
        yield invalid(f"{path}.operator", operator, "not a valid selector operator")
    elif len(values) != 1:
        text = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"
        yield required(f"{path}.values", text)
    if key != "metadata.name":
        yield invalid(f"{path}.key", key, "not a valid field selector key")
        return
    for i, value in enumerate(values):
        yield from each_invalid(f"{path}.values[{i}]", value, names.dns_subdomain(value))


def _pod_term(term: Body, path: str) -> Iterable[FieldError]:
    selector = term.get("labelSelector")
    yield from label_selector(selector, f"{path}.labelSelector")
    yield from label_selector(term.get("namespaceSelector"), f"{path}.namespaceSelector")
    for name in term.get("namespaces") or ():
        yield from each_invalid(f"{path}.namespace", name, names.dns_label(name))
    match, mismatch = term.get("matchLabelKeys") or [], term.get("mismatchLabelKeys") or []
    for field, keys in (("matchLabelKeys", match), ("mismatchLabelKeys", mismatch)):
        yield from _label_keys(keys, selector, f"{path}.{field}")
    for i, key in enumerate(match):
        if key in mismatch:
            text = "exists in both matchLabelKeys and mismatchLabelKeys"
            yield invalid(f"{path}.matchLabelKeys[{i}]", key, text)
    topology = term.get("topologyKey") or ""
    if not topology:
        yield required(f"{path}.topologyKey", "can not be empty")
    yield from each_invalid(f"{path}.topologyKey", topology, names.qualified_name(topology))


def _label_keys(keys: list[str], selector: Body | None, path: str) -> Iterable[FieldError]:
    if keys and selector is None:
        yield forbidden(path, NO_SELECTOR)
        return
    for i, key in enumerate(keys):
        yield from each_invalid(f"{path}[{i}]", key, names.qualified_name(key))


def spread(rules: list[Body], path: str) -> Iterable[FieldError]:
    for i, rule in enumerate(rules):
        yield from _spread_rule(rule, rules[i + 1 :], f"{path}[{i}]")


def _spread_rule(rule: Body, others: list[Body], path: str) -> Iterable[FieldError]:
    if (rule.get("maxSkew") or 0) <= 0:
        yield invalid(f"{path}.maxSkew", rule.get("maxSkew") or 0, "must be greater than zero")
    key, when = rule.get("topologyKey") or "", rule.get("whenUnsatisfiable") or ""
    if not key:
        yield required(f"{path}.topologyKey", "can not be empty")
    if when not in ("DoNotSchedule", "ScheduleAnyway"):
        yield not_supported(f"{path}.whenUnsatisfiable", when, ("DoNotSchedule", "ScheduleAnyway"))
    if any((o.get("topologyKey") or "", o.get("whenUnsatisfiable") or "") == (key, when) for o in others):
        yield duplicate(f"{path}.{{topologyKey, whenUnsatisfiable}}", f"{{{key}, {when}}}")
    yield from _least_domains(rule.get("minDomains"), when, f"{path}.minDomains")
    for field in ("nodeAffinityPolicy", "nodeTaintsPolicy"):
        if rule.get(field) is not None and rule[field] not in ("Honor", "Ignore"):
            yield not_supported(f"{path}.{field}", rule[field], ("Honor", "Ignore"))
    yield from _spread_keys(rule, f"{path}.matchLabelKeys")
    yield from label_selector(rule.get("labelSelector"), f"{path}.labelSelector")


def _least_domains(least: int | None, when: str, path: str) -> Iterable[FieldError]:
    if least is None:
        return
    if least <= 0:
        yield invalid(path, least, "must be greater than zero")
    if when != "DoNotSchedule":
        yield invalid(path, least, f"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {when}")


def _spread_keys(rule: Body, path: str) -> Iterable[FieldError]:
    keys, selector = rule.get("matchLabelKeys") or (), rule.get("labelSelector")
    if keys and selector is None:
        yield forbidden(path, NO_SELECTOR)
    expressions = (selector or {}).get("matchExpressions") or ()
    selected = {*((selector or {}).get("matchLabels") or ()), *(e.get("key") for e in expressions)}
    for i, key in enumerate(keys):
        yield from each_invalid(f"{path}[{i}]", key, names.qualified_name(key))
        if key in selected:
            yield invalid(f"{path}[{i}]", key, IN_BOTH)


def tolerations(found: Iterable[Body], path: str) -> Iterable[FieldError]:
    for i, toleration in enumerate(found):
        yield from _toleration(toleration, f"{path}[{i}]")


def _toleration(toleration: Body, path: str) -> Iterable[FieldError]:
    key, operator, effect = (toleration.get(f) or "" for f in ("key", "operator", "effect"))
    if key:
        yield from each_invalid(f"{path}.key", key, names.qualified_name(key))
    if not key and operator != "Exists":
        text = 'operator must be Exists when `key` is empty, which means "match all values and all keys"'
        yield invalid(f"{path}.operator", operator, text)
    if toleration.get("tolerationSeconds") is not None and effect != "NoExecute":
        yield invalid(f"{path}.effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set")
    yield from _tolerated_value(operator, toleration.get("value") or "", f"{path}.operator")
    if effect and effect not in EFFECTS:
        yield not_supported(f"{path}.effect", effect, EFFECTS)


def _tolerated_value(operator: str, value: str, path: str) -> Iterable[FieldError]:
    if operator in ("", "Equal"):
        if names.label_value(value):
            yield invalid(path, value, ";".join(names.label_value(value)))
    elif operator == "Exists":
        if value:
            yield invalid(path, value, "value must be empty when `operator` is 'Exists'")
    else:
        yield not_supported(path, operator, ("Equal", "Exists"))


def gates(spec: Body, path: str) -> Iterable[FieldError]:
    """What must come true before a pod is ready, and before it may be scheduled."""
    for i, gate in enumerate(spec.get("readinessGates") or ()):
        kind = gate.get("conditionType") or ""
        yield from each_invalid(f"{path}.readinessGates[{i}].conditionType", kind, names.qualified_name(kind))
    seen: set[str] = set()
    for i, gate in enumerate(spec.get("schedulingGates") or ()):
        name, here = gate.get("name") or "", f"{path}.schedulingGates[{i}]"
        yield from each_invalid(here, name, names.qualified_name(name))
        if name in seen:
            yield duplicate(here, name)
        seen.add(name)
