//! Tiers whose bounds are written in two ways, and prices of an offer.

pub fn a_request_between_two_bounds_is_priced_by_both() {}

pub fn an_offer_without_an_end_is_not_applied() {}
