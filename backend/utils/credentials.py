"""What files are signed with: a chain of certificates that the studio makes itself, or the operator's own.

The self-made keys are derived from the studio's secret, so that all servers of a studio sign as one, nothing more has
to be kept safe, and nothing is lost with a folder. A root stands for a secret and never changes; below it is a
certificate for each year.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backend.errors import Misconfigured
from backend.imaging.provenance.reading import report
from backend.imaging.provenance.signing import marked
from backend.imaging.provenance.types import Anchors, Credentials, Statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CURVE: Final = ec.SECP256R1()
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many keys the curve P-256 has, and one.

Source: https://nvlpubs.nist.gov/nistpubs/SpecialPublications/NIST.SP.800-186.pdf, 3.2.1.3 (read 2026-11-23)
"""
_FIRST, _ROOT_YEARS, _YEARS = 2026, 60, 10
"""A certificate is used for a year and valid for ten: a file that carries no stamp of a trusted clock can be verified
only as long as the certificate lasts."""
_EARLY: Final = timedelta(days=2)
"""Clocks of several servers differ."""
_CURVES: Final = {"secp256r1": "es256", "secp384r1": "es384", "secp521r1": "es512"}
_HOW: Final = "Set IMAGE_STUDIO_PROVENANCE__CERTIFICATE and IMAGE_STUDIO_PROVENANCE__PRIVATE_KEY to files as PEM."

_SMALLEST: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
"""A PNG of one pixel."""
_TRIAL: Final = Statement(
    title="trial",
    operation="trial",
    actions=("c2pa.created",),
    source_type="algorithmicMedia",
    engine="image-studio",
    model="trial",
    version="0",
)

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


class Signing(Protocol):
    """Knows what to sign with now, and whose signatures are the studio's."""

    def now(self) -> Credentials:
        """Return what a file is signed with at this moment."""
        ...

    @property
    def anchors(self) -> Anchors:
        """Return whom to believe."""
        ...


@dataclass(frozen=True, slots=True)
class SelfMade:
    """Certificates that the studio makes itself: no list of trust knows them, and the studio knows its own.

    The first of the secrets signs; what was signed with one of the others is still known as the studio's.
    """

    secrets: tuple[str, ...]
    clock: Callable[[], datetime]
    trusted: str = ""

    def now(self) -> Credentials:
        """Return the certificate of this year, with its key."""
        return _yearly(self.secrets[0], self.clock().year)

    @property
    def anchors(self) -> Anchors:
        """Return the operator's list of trust, and the roots of all secrets."""
        return Anchors(trusted=self.trusted, own="".join(root(secret) for secret in self.secrets))


@dataclass(frozen=True, slots=True)
class Operators:
    """A certificate that the operator brought."""

    credentials: Credentials
    trusted: str = ""
    own: str = ""
    """The last certificate of its chain, by which the studio knows its own."""

    def now(self) -> Credentials:
        """Return the operator's certificate and key."""
        return self.credentials

    @property
    def anchors(self) -> Anchors:
        """Return the operator's list of trust, and their own certificate's."""
        return Anchors(trusted=self.trusted, own=self.own)


@lru_cache(maxsize=16)
def root(secret: str) -> str:
    """Return the certificate that vouches for all that a secret signs, as PEM: the same at every server."""
    key = _derived(secret, "root")
    made = _certificate("root", key, issuer="root", year=_FIRST, years=_ROOT_YEARS)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = made.add_extension(_usage(signs_certificates=True), critical=True)
    made = made.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return _pem(made.sign(key, hashes.SHA256(), ecdsa_deterministic=True)).decode()


@lru_cache(maxsize=16)
def _yearly(secret: str, year: int) -> Credentials:
    """Return a year's certificate, which its root vouches for."""
    key, above = _derived(secret, f"signing {year}"), _derived(secret, "root")
    made = _certificate("self-made", key, issuer="root", year=year, years=_YEARS)
    made = made.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    made = made.add_extension(_usage(signs_certificates=False), critical=True)
    made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(above.public_key())
    signed = made.add_extension(issuer, critical=False).sign(above, hashes.SHA256(), ecdsa_deterministic=True)
    return Credentials(chain=_pem(signed), key=_key_pem(key), algorithm="es256")


def brought(certificate: Path, private_key: Path, now: datetime, trusted: str = "") -> Operators:
    """Return the operator's credentials.

    Raises:
        Misconfigured: a file can't be read or is no PEM, the key is another certificate's, or it is not valid now, or
            not one to sign with.
    """
    try:
        chain = x509.load_pem_x509_certificates(certificate.read_bytes())
        key = serialization.load_pem_private_key(private_key.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise Misconfigured(detail=f"The certificate or its key can't be read: {error}. {_HOW}") from error
    if not isinstance(key, PrivateKey):
        raise Misconfigured(detail="Pictures are signed with a key of the kind ECDSA, RSA or Ed25519.")
    if key.public_key() != chain[0].public_key():
        raise Misconfigured(detail=f"The first certificate in {certificate} does not belong to the key. {_HOW}")
    if not chain[0].not_valid_before_utc <= now <= chain[0].not_valid_after_utc:
        raise Misconfigured(detail=f"The certificate in {certificate} is not valid at {now:%Y-%m-%d}.")
    chained = b"".join(_pem(one) for one in chain if not _is_root(one))
    credentials = Credentials(chain=chained or _pem(chain[0]), key=_key_pem(key), algorithm=_algorithm(key))
    return _tried(Operators(credentials, trusted, own=_pem(chain[-1]).decode()))


def _tried(own: Operators) -> Operators:
    """Return the operator's credentials once a file that they signed reads as it should."""
    found = report(marked(_SMALLEST, "image/png", _TRIAL, own.credentials), own.anchors)
    if found.state != "intact":
        detail = f"What the certificate signs does not verify: {', '.join(found.problems)}. Is it one for signing?"
        raise Misconfigured(detail=detail)
    return own


def anchors_in(file: Path | None) -> str:
    """Return the certificates that the operator trusts, as PEM; none where no file is named.

    Raises:
        Misconfigured: it can't be read, or holds none.
    """
    if file is None:
        return ""
    try:
        return b"".join(_pem(one) for one in x509.load_pem_x509_certificates(file.read_bytes())).decode()
    except (OSError, ValueError) as error:
        detail = f"The certificates of IMAGE_STUDIO_PROVENANCE__ANCHORS can't be read: {error}."
        raise Misconfigured(detail=detail) from error


def _derived(secret: str, purpose: str) -> ec.EllipticCurvePrivateKey:
    """Return the key that a secret stands for: more random bits than it has, so that none is likelier than others.

    Source: https://csrc.nist.gov/pubs/fips/186-5/final, A.2.1 (read 2026-11-23)
    """
    kdf = HKDF(algorithm=hashes.SHA256(), length=48, salt=b"image studio provenance", info=purpose.encode())
    number = int.from_bytes(kdf.derive(secret.encode()), "big") % (_ORDER - 1) + 1
    return ec.derive_private_key(number, _CURVE)


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, *, issuer: str, year: int, years: int
) -> x509.CertificateBuilder:
    """Return a certificate to be signed: for the same key and year always the same."""
    begin = datetime(year, 1, 1, tzinfo=UTC) - _EARLY
    public = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(int.from_bytes(public[1:17], "big") >> 1 | 1)
        .not_valid_before(begin)
        .not_valid_after(datetime(year + years, 1, 1, tzinfo=UTC))
    )


def _named(name: str) -> x509.Name:
    kinds = ((NameOID.ORGANIZATION_NAME, "Image Studio"), (NameOID.COMMON_NAME, name))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in kinds])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _algorithm(key: PrivateKey) -> str:
    match key:
        case ec.EllipticCurvePrivateKey() if key.curve.name in _CURVES:
            return _CURVES[key.curve.name]
        case rsa.RSAPrivateKey():
            return "ps256"
        case ed25519.Ed25519PrivateKey():
            return "ed25519"
        case _:
            raise Misconfigured(detail="Pictures are signed with the curves P-256, P-384, P-521 or Ed25519, or RSA.")


def _is_root(one: x509.Certificate) -> bool:
    """Say whether a certificate vouches for itself: readers have it, or don't believe it."""
    try:
        one.verify_directly_issued_by(one)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
