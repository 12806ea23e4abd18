"""Holds a pack against RO-Crate 1.1 with the validator of CRS4, without internet: the one document of the web that it asks for,
the context, comes from the package rocrate. usage: crate.py PACK"""

import importlib.resources
import sys

from requests import Response
from rocrate_validator import models, services
from rocrate_validator.utils.document_loader import install_document_loader
from rocrate_validator.utils.http import HttpRequester

CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def get(self, url, *args, **kwargs):
    reply = Response()
    reply.url = url
    reply.status_code = 404
    if url == CONTEXT:
        reply.status_code = 200
        reply.headers["Content-Type"] = "application/ld+json"
        reply._content = (importlib.resources.files("rocrate") / "data/ro-crate.jsonld").read_bytes()
    return reply


HttpRequester.get = get
install_document_loader()
settings = services.ValidationSettings(
    rocrate_uri=sys.argv[1], profile_identifier="ro-crate-1.1", requirement_severity=models.Severity.REQUIRED
)
result = services.validate(settings)
for issue in result.get_issues():
    print(f"{issue.severity.name} {issue.check.identifier}: {issue.message}")
done = len(result.executed_checks) if hasattr(result, "executed_checks") else "all"
print(f"RO-Crate 1.1: {done} checks, {len(result.get_issues())} issues")
sys.exit(0 if result.passed() and done else 1)
