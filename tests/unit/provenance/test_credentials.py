"""What files are signed with: the same at all servers of a studio, renewed each year, or the operator's own."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from backend.errors import Misconfigured
from backend.imaging.provenance.reading import report
from backend.imaging.provenance.signing import marked
from backend.utils.credentials import SelfMade, anchors_in, brought, root
from tests.unit.provenance.files import NOW, SECRET, file_of, statement

YEAR = timedelta(days=366)


def at(moment, *secrets):
    return SelfMade(secrets or (SECRET,), lambda: moment)


def signed_by(signing, kind="jpeg"):
    return marked(*file_of(kind), statement(), signing.now())


def test_all_servers_that_share_a_secret_sign_as_one():
    assert at(NOW).now() == at(NOW + timedelta(hours=5)).now()
    assert root(SECRET) != root(SECRET + "!")


def test_a_certificate_is_renewed_each_year_and_what_the_old_one_signed_still_verifies():
    old, new = at(NOW), at(NOW + YEAR)
    assert old.now().chain != new.now().chain
    found = report(signed_by(old), new.anchors)
    assert (found.state, found.own) == ("intact", True)


def test_every_certificate_lasts_nine_years_after_its_last_use():
    end = x509.load_pem_x509_certificate(at(NOW).now().chain).not_valid_after_utc
    assert end >= datetime(NOW.year + 1, 1, 1, tzinfo=UTC) + 9 * timedelta(days=365)


def test_another_studio_is_not_taken_for_this_one():
    found = report(signed_by(at(NOW, "another secret, as long as it must be")), at(NOW).anchors)
    assert (found.state, found.own) == ("intact", False)


def test_what_a_former_secret_signed_is_still_known_as_the_studios_own():
    found = report(signed_by(at(NOW, "the former one")), at(NOW, SECRET, "the former one").anchors)
    assert found.own


def test_whom_the_operator_trusts_is_trusted(tmp_path):
    file = tmp_path / "trusted.pem"
    file.write_text(root("a partner's secret"))
    anchors = SelfMade((SECRET,), lambda: NOW, anchors_in(file)).anchors
    found = report(signed_by(at(NOW, "a partner's secret")), anchors)
    assert (found.trusted, found.own) == (True, False)


# --- the operator's own


def certificate(key, *, issuer=None, name="Harbour News", days=30):
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)]))
        .issuer_name(issuer[0].subject if issuer else x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, name)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=40))
        .not_valid_after(NOW + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer:
        usage = dict.fromkeys(
            ("key_cert_sign", "crl_sign", "content_commitment", "key_encipherment", "data_encipherment"), False
        )
        rest = dict.fromkeys(("key_agreement", "encipher_only", "decipher_only"), False)
        builder = (
            builder.add_extension(x509.KeyUsage(digital_signature=True, **usage, **rest), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer[1].public_key()), critical=False)
        )
    signer = issuer[1] if issuer else key
    return builder.sign(signer, None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256())


def written(folder, key, *, days=30, with_key=None):
    above = ec.generate_private_key(ec.SECP256R1())
    top = certificate(above, name="Trust Ltd")
    chain = [certificate(key, issuer=(top, above), days=days), top]
    (folder / "chain.pem").write_bytes(b"".join(one.public_bytes(serialization.Encoding.PEM) for one in chain))
    plain = serialization.NoEncryption()
    coded = (with_key or key).private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    (folder / "key.pem").write_bytes(coded)
    return folder / "chain.pem", folder / "key.pem"


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["es256", "es384", "ed25519", "ps256"],
)
def test_the_operators_certificate_signs(tmp_path, key):
    own = brought(*written(tmp_path, key), NOW)
    for kind in ("jpeg", "png"):
        found = report(signed_by(own, kind), own.anchors)
        assert (found.state, found.signer, found.own) == ("intact", "Harbour News", True)


def test_a_key_of_another_certificate_is_refused_at_the_start(tmp_path):
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    with pytest.raises(Misconfigured, match="does not belong to the key"):
        brought(*written(tmp_path, key, with_key=other), NOW)


def test_an_expired_certificate_is_refused_at_the_start(tmp_path):
    files = written(tmp_path, ec.generate_private_key(ec.SECP256R1()), days=-1)
    with pytest.raises(Misconfigured, match="not valid"):
        brought(*files, NOW)


def test_a_certificate_that_is_not_for_signing_is_refused_at_the_start(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    alone = certificate(key)
    (tmp_path / "c.pem").write_bytes(alone.public_bytes(serialization.Encoding.PEM))
    _, private = written(tmp_path, key)
    with pytest.raises(Misconfigured, match=r"verify|signed"):
        brought(tmp_path / "c.pem", private, NOW)


def test_what_is_no_certificate_is_refused_at_the_start(tmp_path):
    (tmp_path / "a.pem").write_text("nothing")
    with pytest.raises(Misconfigured, match="can't be read"):
        brought(tmp_path / "a.pem", tmp_path / "missing.pem", NOW)
    with pytest.raises(Misconfigured, match="ANCHORS"):
        anchors_in(tmp_path / "a.pem")
