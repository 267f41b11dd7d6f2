//! Echo methods: a value of each type of the catalogue comes back with the text that Rust has for it.

use fidius::{plugin_impl, plugin_interface};
use serde::{Deserialize, Serialize};
use std::fmt::{Debug, Display};

mod flags;
pub use flags::{Access, Levels, Mask, Rights, Wide};

#[serde_with::serde_as]
#[derive(Serialize, Deserialize, Debug)]
pub struct Attributed {
    #[serde_as(as = "Vec<serde_with::DisplayFromStr>")]
    pub numbers: Vec<u64>,
    #[serde_as(as = "Option<serde_with::hex::Hex>")]
    pub key: Option<Vec<u8>>,
    #[serde_as(as = "serde_with::DurationMilliSeconds")]
    pub delay: std::time::Duration,
    #[serde(with = "humantime_serde")]
    pub wait: std::time::Duration,
    #[serde(with = "uuid::serde::compact")]
    pub compact: uuid::Uuid,
    #[serde(with = "chrono::serde::ts_seconds")]
    pub seconds: chrono::DateTime<chrono::Utc>,
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub milliseconds: Option<chrono::DateTime<chrono::Utc>>,
    #[serde(with = "time::serde::timestamp")]
    pub stamp: time::OffsetDateTime,
    #[serde(with = "time::serde::rfc2822")]
    pub mail: time::OffsetDateTime,
    #[serde(with = "time::serde::iso8601")]
    pub standard: time::OffsetDateTime,
    #[serde(with = "rust_decimal::serde::str")]
    pub price: rust_decimal::Decimal,
    #[serde(with = "serde_bytes")]
    pub blob: Vec<u8>,
}

fn shown<T: Display>(value: T) -> (T, String) {
    let text = value.to_string();
    (value, text)
}

fn debugged<T: Debug>(value: T) -> (T, String) {
    let text = format!("{value:?}");
    (value, text)
}

#[plugin_interface(version = 1, buffer = PluginAllocated)]
pub trait Echoes: Send + Sync {
    fn duration(&self, value: std::time::Duration) -> (std::time::Duration, String);
    fn system_time(&self, value: std::time::SystemTime) -> (std::time::SystemTime, String);
    fn ipv4(&self, value: std::net::Ipv4Addr) -> (std::net::Ipv4Addr, String);
    fn ipv6(&self, value: std::net::Ipv6Addr) -> (std::net::Ipv6Addr, String);
    fn ip(&self, value: std::net::IpAddr) -> (std::net::IpAddr, String);
    fn socket(&self, value: std::net::SocketAddr) -> (std::net::SocketAddr, String);
    fn socket_v4(&self, value: std::net::SocketAddrV4) -> (std::net::SocketAddrV4, String);
    fn socket_v6(&self, value: std::net::SocketAddrV6) -> (std::net::SocketAddrV6, String);
    fn path(&self, value: std::path::PathBuf) -> (std::path::PathBuf, String);
    fn boxed_path(&self, value: Box<std::path::Path>) -> (Box<std::path::Path>, String);
    fn boxed_text(&self, value: Box<str>) -> (Box<str>, String);
    fn cow_bytes(
        &self,
        value: std::borrow::Cow<'static, [u8]>,
    ) -> (std::borrow::Cow<'static, [u8]>, String);
    fn c_string(&self, value: std::ffi::CString) -> (std::ffi::CString, String);
    fn os_string(&self, value: std::ffi::OsString) -> (std::ffi::OsString, String);
    fn bound(&self, value: std::ops::Bound<u16>) -> (std::ops::Bound<u16>, String);
    fn range(&self, value: std::ops::RangeInclusive<i8>) -> (std::ops::RangeInclusive<i8>, String);
    fn non_zero(&self, value: std::num::NonZero<u16>) -> (std::num::NonZero<u16>, String);
    fn saturating(&self, value: std::num::Saturating<i32>) -> (std::num::Saturating<i32>, String);
    fn reverse(&self, value: std::cmp::Reverse<u8>) -> (std::cmp::Reverse<u8>, String);
    fn atomic(&self, value: std::sync::atomic::AtomicU64)
        -> (std::sync::atomic::AtomicU64, String);
    fn uuid(&self, value: uuid::Uuid) -> (uuid::Uuid, String);
    fn date_time(
        &self,
        value: chrono::DateTime<chrono::Utc>,
    ) -> (chrono::DateTime<chrono::Utc>, String);
    fn fixed_date_time(
        &self,
        value: chrono::DateTime<chrono::FixedOffset>,
    ) -> (chrono::DateTime<chrono::FixedOffset>, String);
    fn naive_date(&self, value: chrono::NaiveDate) -> (chrono::NaiveDate, String);
    fn naive_time(&self, value: chrono::NaiveTime) -> (chrono::NaiveTime, String);
    fn naive_date_time(&self, value: chrono::NaiveDateTime) -> (chrono::NaiveDateTime, String);
    fn time_delta(&self, value: chrono::TimeDelta) -> (chrono::TimeDelta, String);
    fn weekday(&self, value: chrono::Weekday) -> (chrono::Weekday, String);
    fn month(&self, value: chrono::Month) -> (chrono::Month, String);
    fn date(&self, value: time::Date) -> (time::Date, String);
    fn clock(&self, value: time::Time) -> (time::Time, String);
    fn plain_date_time(&self, value: time::PrimitiveDateTime) -> (time::PrimitiveDateTime, String);
    fn offset_date_time(&self, value: time::OffsetDateTime) -> (time::OffsetDateTime, String);
    fn utc_offset(&self, value: time::UtcOffset) -> (time::UtcOffset, String);
    fn signed_duration(&self, value: time::Duration) -> (time::Duration, String);
    fn time_weekday(&self, value: time::Weekday) -> (time::Weekday, String);
    fn time_month(&self, value: time::Month) -> (time::Month, String);
    fn url(&self, value: url::Url) -> (url::Url, String);
    fn version(&self, value: semver::Version) -> (semver::Version, String);
    fn requirement(&self, value: semver::VersionReq) -> (semver::VersionReq, String);
    fn bytes(&self, value: bytes::Bytes) -> (bytes::Bytes, String);
    fn index_map(
        &self,
        value: indexmap::IndexMap<String, u8>,
    ) -> (indexmap::IndexMap<String, u8>, String);
    fn index_set(&self, value: indexmap::IndexSet<u8>) -> (indexmap::IndexSet<u8>, String);
    fn small(&self, value: smallvec::SmallVec<[u16; 4]>) -> (smallvec::SmallVec<[u16; 4]>, String);
    fn small_bytes(
        &self,
        value: smallvec::SmallVec<[u8; 4]>,
    ) -> (smallvec::SmallVec<[u8; 4]>, String);
    fn array_vec(&self, value: arrayvec::ArrayVec<u16, 4>) -> (arrayvec::ArrayVec<u16, 4>, String);
    fn array_string(&self, value: arrayvec::ArrayString<8>) -> (arrayvec::ArrayString<8>, String);
    fn ordered(
        &self,
        value: ordered_float::OrderedFloat<f64>,
    ) -> (ordered_float::OrderedFloat<f64>, String);
    fn byte_buf(&self, value: serde_bytes::ByteBuf) -> (serde_bytes::ByteBuf, String);
    fn network(&self, value: ipnet::IpNet) -> (ipnet::IpNet, String);
    fn network_v4(&self, value: ipnet::Ipv4Net) -> (ipnet::Ipv4Net, String);
    fn network_v6(&self, value: ipnet::Ipv6Net) -> (ipnet::Ipv6Net, String);
    fn utf8_path(&self, value: camino::Utf8PathBuf) -> (camino::Utf8PathBuf, String);
    fn compact_text(
        &self,
        value: compact_str::CompactString,
    ) -> (compact_str::CompactString, String);
    fn smol_text(&self, value: smol_str::SmolStr) -> (smol_str::SmolStr, String);
    fn hash_map(
        &self,
        value: hashbrown::HashMap<u8, String>,
    ) -> (hashbrown::HashMap<u8, String>, String);
    fn hash_set(&self, value: hashbrown::HashSet<u8>) -> (hashbrown::HashSet<u8>, String);
    fn either(&self, value: either::Either<u8, String>) -> (either::Either<u8, String>, String);
    fn attributed(&self, value: Attributed) -> (Attributed, String);
    fn access(&self, value: Access) -> (Access, String);
    fn rights(&self, value: Rights) -> (Rights, String);
    fn levels(&self, value: Levels) -> (Levels, String);
    fn wide(&self, value: Wide) -> (Wide, String);
    fn mask(&self, value: Vec<Mask>) -> (Vec<Mask>, String);
    /// `Decimal` by default cannot be read back.
    fn parse_decimal(&self, text: String) -> rust_decimal::Decimal;
}

pub struct Echo;

#[plugin_impl(Echoes)]
impl Echoes for Echo {
    fn duration(&self, value: std::time::Duration) -> (std::time::Duration, String) {
        debugged(value)
    }
    fn system_time(&self, value: std::time::SystemTime) -> (std::time::SystemTime, String) {
        debugged(value)
    }
    fn ipv4(&self, value: std::net::Ipv4Addr) -> (std::net::Ipv4Addr, String) {
        shown(value)
    }
    fn ipv6(&self, value: std::net::Ipv6Addr) -> (std::net::Ipv6Addr, String) {
        shown(value)
    }
    fn ip(&self, value: std::net::IpAddr) -> (std::net::IpAddr, String) {
        shown(value)
    }
    fn socket(&self, value: std::net::SocketAddr) -> (std::net::SocketAddr, String) {
        shown(value)
    }
    fn socket_v4(&self, value: std::net::SocketAddrV4) -> (std::net::SocketAddrV4, String) {
        shown(value)
    }
    fn socket_v6(&self, value: std::net::SocketAddrV6) -> (std::net::SocketAddrV6, String) {
        shown(value)
    }
    fn path(&self, value: std::path::PathBuf) -> (std::path::PathBuf, String) {
        debugged(value)
    }
    fn boxed_path(&self, value: Box<std::path::Path>) -> (Box<std::path::Path>, String) {
        debugged(value)
    }
    fn boxed_text(&self, value: Box<str>) -> (Box<str>, String) {
        debugged(value)
    }
    fn cow_bytes(
        &self,
        value: std::borrow::Cow<'static, [u8]>,
    ) -> (std::borrow::Cow<'static, [u8]>, String) {
        debugged(value)
    }
    fn c_string(&self, value: std::ffi::CString) -> (std::ffi::CString, String) {
        debugged(value)
    }
    fn os_string(&self, value: std::ffi::OsString) -> (std::ffi::OsString, String) {
        debugged(value)
    }
    fn bound(&self, value: std::ops::Bound<u16>) -> (std::ops::Bound<u16>, String) {
        debugged(value)
    }
    fn range(&self, value: std::ops::RangeInclusive<i8>) -> (std::ops::RangeInclusive<i8>, String) {
        debugged(value)
    }
    fn non_zero(&self, value: std::num::NonZero<u16>) -> (std::num::NonZero<u16>, String) {
        debugged(value)
    }
    fn saturating(&self, value: std::num::Saturating<i32>) -> (std::num::Saturating<i32>, String) {
        debugged(value)
    }
    fn reverse(&self, value: std::cmp::Reverse<u8>) -> (std::cmp::Reverse<u8>, String) {
        debugged(value)
    }
    fn atomic(
        &self,
        value: std::sync::atomic::AtomicU64,
    ) -> (std::sync::atomic::AtomicU64, String) {
        debugged(value)
    }
    fn uuid(&self, value: uuid::Uuid) -> (uuid::Uuid, String) {
        shown(value)
    }
    fn date_time(
        &self,
        value: chrono::DateTime<chrono::Utc>,
    ) -> (chrono::DateTime<chrono::Utc>, String) {
        debugged(value)
    }
    fn fixed_date_time(
        &self,
        value: chrono::DateTime<chrono::FixedOffset>,
    ) -> (chrono::DateTime<chrono::FixedOffset>, String) {
        debugged(value)
    }
    fn naive_date(&self, value: chrono::NaiveDate) -> (chrono::NaiveDate, String) {
        shown(value)
    }
    fn naive_time(&self, value: chrono::NaiveTime) -> (chrono::NaiveTime, String) {
        shown(value)
    }
    fn naive_date_time(&self, value: chrono::NaiveDateTime) -> (chrono::NaiveDateTime, String) {
        debugged(value)
    }
    fn time_delta(&self, value: chrono::TimeDelta) -> (chrono::TimeDelta, String) {
        debugged(value)
    }
    fn weekday(&self, value: chrono::Weekday) -> (chrono::Weekday, String) {
        shown(value)
    }
    fn month(&self, value: chrono::Month) -> (chrono::Month, String) {
        debugged(value)
    }
    fn date(&self, value: time::Date) -> (time::Date, String) {
        shown(value)
    }
    fn clock(&self, value: time::Time) -> (time::Time, String) {
        debugged(value)
    }
    fn plain_date_time(&self, value: time::PrimitiveDateTime) -> (time::PrimitiveDateTime, String) {
        debugged(value)
    }
    fn offset_date_time(&self, value: time::OffsetDateTime) -> (time::OffsetDateTime, String) {
        debugged(value)
    }
    fn utc_offset(&self, value: time::UtcOffset) -> (time::UtcOffset, String) {
        debugged(value)
    }
    fn signed_duration(&self, value: time::Duration) -> (time::Duration, String) {
        debugged(value)
    }
    fn time_weekday(&self, value: time::Weekday) -> (time::Weekday, String) {
        debugged(value)
    }
    fn time_month(&self, value: time::Month) -> (time::Month, String) {
        debugged(value)
    }
    fn url(&self, value: url::Url) -> (url::Url, String) {
        shown(value)
    }
    fn version(&self, value: semver::Version) -> (semver::Version, String) {
        shown(value)
    }
    fn requirement(&self, value: semver::VersionReq) -> (semver::VersionReq, String) {
        shown(value)
    }
    fn bytes(&self, value: bytes::Bytes) -> (bytes::Bytes, String) {
        debugged(value)
    }
    fn index_map(
        &self,
        value: indexmap::IndexMap<String, u8>,
    ) -> (indexmap::IndexMap<String, u8>, String) {
        debugged(value)
    }
    fn index_set(&self, value: indexmap::IndexSet<u8>) -> (indexmap::IndexSet<u8>, String) {
        debugged(value)
    }
    fn small(&self, value: smallvec::SmallVec<[u16; 4]>) -> (smallvec::SmallVec<[u16; 4]>, String) {
        debugged(value)
    }
    fn small_bytes(
        &self,
        value: smallvec::SmallVec<[u8; 4]>,
    ) -> (smallvec::SmallVec<[u8; 4]>, String) {
        debugged(value)
    }
    fn array_vec(&self, value: arrayvec::ArrayVec<u16, 4>) -> (arrayvec::ArrayVec<u16, 4>, String) {
        debugged(value)
    }
    fn array_string(&self, value: arrayvec::ArrayString<8>) -> (arrayvec::ArrayString<8>, String) {
        debugged(value)
    }
    fn ordered(
        &self,
        value: ordered_float::OrderedFloat<f64>,
    ) -> (ordered_float::OrderedFloat<f64>, String) {
        debugged(value)
    }
    fn byte_buf(&self, value: serde_bytes::ByteBuf) -> (serde_bytes::ByteBuf, String) {
        debugged(value)
    }
    fn network(&self, value: ipnet::IpNet) -> (ipnet::IpNet, String) {
        shown(value)
    }
    fn network_v4(&self, value: ipnet::Ipv4Net) -> (ipnet::Ipv4Net, String) {
        shown(value)
    }
    fn network_v6(&self, value: ipnet::Ipv6Net) -> (ipnet::Ipv6Net, String) {
        shown(value)
    }
    fn utf8_path(&self, value: camino::Utf8PathBuf) -> (camino::Utf8PathBuf, String) {
        debugged(value)
    }
    fn compact_text(
        &self,
        value: compact_str::CompactString,
    ) -> (compact_str::CompactString, String) {
        debugged(value)
    }
    fn smol_text(&self, value: smol_str::SmolStr) -> (smol_str::SmolStr, String) {
        debugged(value)
    }
    fn hash_map(
        &self,
        value: hashbrown::HashMap<u8, String>,
    ) -> (hashbrown::HashMap<u8, String>, String) {
        debugged(value)
    }
    fn hash_set(&self, value: hashbrown::HashSet<u8>) -> (hashbrown::HashSet<u8>, String) {
        debugged(value)
    }
    fn either(&self, value: either::Either<u8, String>) -> (either::Either<u8, String>, String) {
        debugged(value)
    }
    fn attributed(&self, value: Attributed) -> (Attributed, String) {
        debugged(value)
    }
    fn access(&self, value: Access) -> (Access, String) {
        debugged(value)
    }
    fn rights(&self, value: Rights) -> (Rights, String) {
        debugged(value)
    }
    fn levels(&self, value: Levels) -> (Levels, String) {
        debugged(value)
    }
    fn wide(&self, value: Wide) -> (Wide, String) {
        debugged(value)
    }
    fn mask(&self, value: Vec<Mask>) -> (Vec<Mask>, String) {
        debugged(value)
    }
    fn parse_decimal(&self, text: String) -> rust_decimal::Decimal {
        text.parse().unwrap()
    }
}

fidius::fidius_plugin_registry!();
