//! TLS: whom to trust, and why a handshake failed, in words.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    AlertDescription, CertificateError, ClientConfig, DigitallySignedStruct, Error, SignatureScheme,
};
use rustls_platform_verifier::Verifier;

/// The client's configuration: the trust of this machine, and nothing less secure.
///
/// A machine without root certificates is no reason to end a run: each https link then fails by
/// itself, with the reason.
///
/// # Errors
///
/// The cryptography cannot do TLS 1.2 or 1.3, which does not happen.
pub(super) fn config() -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier: Arc<dyn ServerCertVerifier> = match Verifier::new(Arc::clone(&provider)) {
        Ok(verifier) => Arc::new(verifier),
        Err(_) => Arc::new(TrustNobody(Arc::clone(&provider))),
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// What a machine without root certificates can verify: nothing.
#[derive(Debug)]
struct TrustNobody(Arc<CryptoProvider>);

const NO_ROOTS: &str = "this machine has no root certificates to check it against";

impl ServerCertVerifier for TrustNobody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Err(Error::General(NO_ROOTS.to_owned()))
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General(NO_ROOTS.to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General(NO_ROOTS.to_owned()))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

/// Why a handshake failed, for a reader who is to decide whether the link is bad.
#[must_use]
pub(super) fn reason(error: &Error) -> String {
    match error {
        Error::InvalidCertificate(error) => certificate_reason(error),
        Error::AlertReceived(AlertDescription::ProtocolVersion) | Error::PeerIncompatible(_) => {
            "the host speaks no TLS version that is still safe".to_owned()
        }
        Error::AlertReceived(alert) => format!("the host ended the TLS handshake ({alert:?})"),
        Error::InvalidMessage(_) => "the host answered https with something else".to_owned(),
        Error::General(why) if why == NO_ROOTS => NO_ROOTS.to_owned(),
        other => format!("the TLS handshake failed ({other})"),
    }
}

fn certificate_reason(error: &CertificateError) -> String {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the certificate has expired".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "the certificate is not valid yet".to_owned()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "the certificate is for another host".to_owned()
        }
        CertificateError::UnknownIssuer => {
            "the certificate is self-signed or from an unknown issuer".to_owned()
        }
        CertificateError::Revoked => "the certificate has been revoked".to_owned(),
        // What `openssl req -x509` makes unless told otherwise: its own authority.
        CertificateError::Other(why) if format!("{why:?}").contains("CaUsedAsEndEntity") => {
            "the certificate is self-signed: it is an authority's own, not a host's".to_owned()
        }
        other => format!("the certificate is not valid ({other})"),
    }
}
