"""How to cite a version, or rows of it: the facts and their forms, out of the descriptor."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from scripts.package.contract import Contract

RESOLVER = "https://doi.org/"


def doi(contract: Contract) -> str:
    """The concept DOI, by the descriptor's ``id``; empty while there is none."""
    return address(contract).removeprefix(RESOLVER)


def authors(contract: Contract) -> list[str]:
    """Names of the descriptor's authors."""
    return [person["title"] for person in contract.spec["contributors"] if person.get("role", "author") == "author"]


def address(contract: Contract) -> str:
    """Where a citation points: the descriptor's ``id``, https://doi.org/…; empty while there is none."""
    return str(contract.spec.get("id", ""))


class Related(NamedTuple):
    """Something that the data set has to do with: its DOI or address, and what it is to it, by DataCite's list of relations."""

    identifier: str
    relation: str

    @property
    def doi(self) -> str:
        """Without the resolver; empty if it is an address."""
        return self.identifier.removeprefix(RESOLVER) if self.identifier.startswith(RESOLVER) else ""


def related(contract: Contract) -> list[Related]:
    """The descriptor's ``homepage``, where the repository is, and its ``relatedIdentifiers``; empty while there are none."""
    home = [Related(contract.spec["homepage"], "IsSupplementTo")] if contract.spec.get("homepage") else []
    return home + [Related(related["identifier"], related["relation"]) for related in contract.spec.get("relatedIdentifiers", [])]


def digest(files: Mapping[str, bytes]) -> str:
    """Content fingerprint of the tables of a release that holds ``files``, by its stamped descriptor."""
    return str(json.loads(files["datapackage.json"])["fingerprint"]).removeprefix("sha256:")


def apa(contract: Contract) -> str:
    """Reference in the style of the APA manual, 7th edition, for a data set."""
    names = authors(contract)
    who = names[0] if len(names) == 1 else ", ".join(names[:-1]) + ", & " + names[-1]
    spec = contract.spec
    return f"{who}. ({spec['created'][:4]}). {spec['title']} (Version {contract.version}) [Data set]. {address(contract)}".rstrip()


def bibtex(contract: Contract, digest: str = "") -> str:
    """BibTeX entry; names in double braces so that a project is not taken for a person."""
    spec = contract.spec
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in authors(contract)),
        "title": f"{{{spec['title']}}}",
        "year": spec["created"][:4],
        "month": spec["created"][5:7].lstrip("0"),
        "version": contract.version,
        "note": f"Data set, version {contract.version}" + (f", content fingerprint sha256:{digest}" if digest else ""),
    }
    if doi(contract):
        fields["doi"] = doi(contract)
    body = ",\n".join(f"  {name:<8}= {{{value}}}" for name, value in fields.items())
    return f"@misc{{{spec['name'].replace('-', '_')}_{contract.version.replace('.', '_')},\n{body}\n}}"


def of_slice(contract: Contract, where: str, count: int | str, digest: str) -> str:
    """Reference to the rows of expulsions for which a condition holds; without one, to all of them."""
    which = f"Rows of expulsions where {where}" if where else "All rows of expulsions"
    return f"{apa(contract)} {which} (n = {count}; sha256:{digest})."


def cff(contract: Contract, digest: str) -> str:
    """What CITATION.cff says of this version (Citation File Format 1.2.0)."""
    spec = contract.spec
    lines = ["cff-version: 1.2.0", 'message: "If you use this dataset, please cite the version that you used."', "type: dataset"]
    lines += [f"title: {json.dumps(spec['title'])}", "authors:"]
    lines += [f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in authors(contract)]
    lines += [f"version: {contract.version}", f"date-released: '{spec['created'][:10]}'", f"license: {spec['licenses'][0]['name']}"]
    lines += ["identifiers:", "  - type: other", f'    value: "sha256:{digest}"', '    description: "Content fingerprint of the tables"']
    for other in related(contract):
        kind, value = ("doi", other.doi) if other.doi else ("url", other.identifier)
        lines += [f"  - type: {kind}", f"    value: {json.dumps(value)}", f"    description: {json.dumps(other.relation)}"]
    if doi(contract):
        lines += [f"doi: {doi(contract)}"]
    if contract.spec.get("homepage"):
        lines += [f"repository-code: {json.dumps(contract.spec['homepage'])}"]
    return "\n".join(lines)
