use serde::{de::DeserializeOwned, Deserialize, Serialize};
use std::collections::BTreeMap as Map;
use std::marker::PhantomData;

pub type Pair<T> = (T, T);
pub type Outcome<T, E = String> = Result<T, E>;
pub type Table<V> = Map<u16, Pair<V>>;

#[derive(Serialize, Deserialize)]
#[serde(bound(
    serialize = "T: Serialize, [Pair<u16>; N]: Serialize",
    deserialize = "T: DeserializeOwned, [Pair<u16>; N]: DeserializeOwned"
))]
pub struct Page<T, const N: usize = 2>
where
    T: Clone,
{
    pub first: T,
    pub pairs: [Pair<u16>; N],
    pub next: Option<Box<Page<T, N>>>,
}

#[derive(Serialize, Deserialize)]
pub enum Tree<K, V = K> {
    Leaf,
    Node(Box<Tree<K, V>>, K, V),
    Other { swapped: Box<Tree<K>>, value: V },
}

#[derive(Serialize, Deserialize)]
pub struct Ping {
    pub pong: Option<Box<Pong>>,
    pub id: u8,
}

#[derive(Serialize, Deserialize)]
pub struct Pong {
    pub pings: Vec<Ping>,
}

pub struct Marker;

/// The argument has no bytes and needs none.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Id<T> {
    pub number: u64,
    #[serde(skip)]
    pub of: PhantomData<T>,
}
