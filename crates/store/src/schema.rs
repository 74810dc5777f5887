//! The tables as the migrations make them. Generated: see `tests/postgres/schema_rs.rs`.

diesel::table! {
    api_key_days (org_id, key_id, day) {
        org_id -> Uuid,
        key_id -> Uuid,
        day -> Date,
        reads -> Int8,
        writes -> Int8,
        refused -> Int8,
        failed -> Int8,
        limited -> Int8,
    }
}

diesel::table! {
    api_keys (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        hash -> Bytea,
        prefix -> Text,
        name -> Text,
        scopes -> Array<Text>,
        reads_per_minute -> Nullable<Int4>,
        writes_per_minute -> Nullable<Int4>,
        expires_at -> Nullable<Timestamptz>,
        created_by_kind -> Text,
        created_by_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        revoked_at -> Nullable<Timestamptz>,
        replaced_by -> Nullable<Uuid>,
    }
}

diesel::table! {
    audit_log (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        at -> Timestamptz,
        actor_kind -> Nullable<Text>,
        actor_id -> Nullable<Uuid>,
        action -> Text,
        subject_type -> Nullable<Text>,
        subject_id -> Nullable<Uuid>,
        details -> Jsonb,
        request_id -> Nullable<Text>,
        address -> Nullable<Text>,
        method -> Nullable<Text>,
        route -> Nullable<Text>,
        status -> Nullable<Int2>,
    }
}

diesel::table! {
    checklist_items (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        production_id -> Uuid,
        label -> Text,
        done_at -> Nullable<Timestamptz>,
        position -> Int4,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    collection_versions (org_id, collection) {
        org_id -> Uuid,
        collection -> Text,
        version -> Uuid,
    }
}

diesel::table! {
    console_sessions (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        user_id -> Uuid,
        hash -> Bytea,
        pending -> Bool,
        address -> Text,
        agent -> Text,
        created_at -> Timestamptz,
        seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        password_hash -> Nullable<Text>,
    }
}

diesel::table! {
    contacts (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        name -> Text,
        #[sql_name = "type"]
        type_ -> Text,
        company -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        city -> Nullable<Text>,
        country -> Nullable<Text>,
        role -> Nullable<Text>,
        notes -> Nullable<Text>,
        tags -> Array<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    engagements (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        production_id -> Uuid,
        contact_id -> Uuid,
        role -> Text,
        status -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    events (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        #[sql_name = "type"]
        type_ -> Text,
        payload -> Text,
        created_at -> Timestamptz,
        endpoint_ids -> Array<Uuid>,
        position -> Nullable<Int8>,
    }
}

diesel::table! {
    instruments (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        name -> Text,
        category -> Text,
        maker -> Nullable<Text>,
        model -> Nullable<Text>,
        year_made -> Nullable<Int4>,
        condition -> Nullable<Text>,
        location -> Nullable<Text>,
        status -> Text,
        on_loan_to -> Nullable<Uuid>,
        serial -> Nullable<Text>,
        insured_value_cents -> Nullable<Int8>,
        name_folded -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    kept_answers (org_id, key) {
        org_id -> Uuid,
        key -> Text,
        request -> Bytea,
        status -> Int2,
        location -> Nullable<Text>,
        body -> Text,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    member_requests (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        member_id -> Uuid,
        #[sql_name = "type"]
        type_ -> Text,
        subject -> Text,
        body -> Nullable<Text>,
        start_date -> Nullable<Date>,
        end_date -> Nullable<Date>,
        status -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    members (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        name -> Text,
        role -> Text,
        section -> Nullable<Text>,
        section_rank -> Nullable<Int4>,
        chair -> Nullable<Int4>,
        instrument -> Nullable<Text>,
        status -> Text,
        joined_on -> Nullable<Date>,
        email -> Nullable<Text>,
        name_folded -> Text,
        search_text -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    organizations (id) {
        id -> Uuid,
        slug -> Text,
        name -> Text,
        legal_name -> Nullable<Text>,
        time_zone -> Text,
        locale -> Text,
        currency -> Text,
        country -> Nullable<Text>,
        city -> Nullable<Text>,
        website -> Nullable<Text>,
        season_start_month -> Int2,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    performances (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        date -> Date,
        season -> Nullable<Text>,
        series -> Nullable<Text>,
        orchestra -> Nullable<Text>,
        composer -> Text,
        work_id -> Nullable<Uuid>,
        title -> Text,
        movement -> Nullable<Text>,
        conductor -> Nullable<Text>,
        soloists -> Jsonb,
        venue -> Nullable<Text>,
        location -> Nullable<Text>,
        production_id -> Nullable<Uuid>,
        composer_folded -> Text,
        conductor_folded -> Nullable<Text>,
        search_text -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    productions (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        code -> Nullable<Text>,
        title -> Text,
        subtitle -> Nullable<Text>,
        season -> Nullable<Text>,
        series -> Nullable<Text>,
        #[sql_name = "type"]
        type_ -> Text,
        status -> Text,
        start_date -> Date,
        end_date -> Date,
        conductor -> Nullable<Text>,
        venue -> Nullable<Text>,
        description -> Nullable<Text>,
        search_text -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    programme_items (org_id, production_id, position) {
        org_id -> Uuid,
        production_id -> Uuid,
        position -> Int4,
        kind -> Text,
        work_id -> Nullable<Uuid>,
        title -> Text,
        composer -> Nullable<Text>,
        conductor -> Nullable<Text>,
        soloists -> Jsonb,
        duration_minutes -> Nullable<Int4>,
        notes -> Nullable<Text>,
    }
}

diesel::table! {
    recovery_codes (org_id, user_id, hash) {
        org_id -> Uuid,
        user_id -> Uuid,
        hash -> Bytea,
    }
}

diesel::table! {
    refused_attempts (id) {
        id -> Uuid,
        at -> Timestamptz,
        details -> Jsonb,
        request_id -> Text,
        address -> Text,
        method -> Text,
        route -> Text,
        status -> Int2,
        action -> Text,
    }
}

diesel::table! {
    reports (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        name -> Text,
        kind -> Text,
        format -> Text,
        status -> Text,
        row_count -> Nullable<Int8>,
        byte_size -> Nullable<Int8>,
        generated_at -> Nullable<Timestamptz>,
        expires_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    resource_bookings (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        resource_id -> Uuid,
        title -> Text,
        start_at -> Timestamptz,
        end_at -> Timestamptz,
        held_from -> Timestamptz,
        held_until -> Timestamptz,
        status -> Text,
        notes -> Nullable<Text>,
        cancelled_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    resources (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        name -> Text,
        #[sql_name = "type"]
        type_ -> Text,
        venue -> Nullable<Text>,
        capacity -> Nullable<Int4>,
        setup_minutes -> Int4,
        teardown_minutes -> Int4,
        status -> Text,
        status_reason -> Nullable<Text>,
        name_folded -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    second_factors (org_id, user_id) {
        org_id -> Uuid,
        user_id -> Uuid,
        key_id -> Text,
        nonce -> Bytea,
        ciphertext -> Bytea,
        confirmed_at -> Nullable<Timestamptz>,
        last_step -> Nullable<Int8>,
        begun_at -> Nullable<Timestamptz>,
        begun_in -> Nullable<Uuid>,
    }
}

diesel::table! {
    services (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        production_id -> Uuid,
        #[sql_name = "type"]
        type_ -> Text,
        status -> Text,
        title -> Nullable<Text>,
        start_at -> Timestamptz,
        end_at -> Timestamptz,
        call_at -> Nullable<Timestamptz>,
        venue -> Nullable<Text>,
        conductor -> Nullable<Text>,
        dress -> Nullable<Text>,
        notes -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    sign_in_links (org_id, user_id) {
        org_id -> Uuid,
        user_id -> Uuid,
        hash -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    tours (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        name -> Text,
        status -> Text,
        start_date -> Date,
        end_date -> Date,
        legs -> Jsonb,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    traffic_hours (org_id, hour) {
        org_id -> Uuid,
        hour -> Timestamptz,
        refused -> Int8,
        failed -> Int8,
        limited -> Int8,
        took -> Array<Int8>,
    }
}

diesel::table! {
    users (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        email -> Text,
        email_folded -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Nullable<Text>,
        joined_at -> Nullable<Timestamptz>,
        last_signed_in_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    webhook_attempts (org_id, delivery_id, number) {
        org_id -> Uuid,
        delivery_id -> Uuid,
        number -> Int4,
        started_at -> Timestamptz,
        duration_ms -> Nullable<Int4>,
        response_status -> Nullable<Int2>,
        response_body -> Nullable<Text>,
        error -> Nullable<Text>,
    }
}

diesel::table! {
    webhook_deliveries (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        endpoint_id -> Uuid,
        event_id -> Nullable<Uuid>,
        message_id -> Uuid,
        #[sql_name = "type"]
        type_ -> Text,
        payload -> Nullable<Text>,
        headers -> Jsonb,
        status -> Text,
        attempts -> Int4,
        due_at -> Nullable<Timestamptz>,
        leased_until -> Nullable<Timestamptz>,
        delivered_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        failures -> Int4,
    }
}

diesel::table! {
    webhook_endpoint_secrets (org_id, endpoint_id, id) {
        org_id -> Uuid,
        endpoint_id -> Uuid,
        id -> Uuid,
        nonce -> Bytea,
        ciphertext -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        key_id -> Text,
    }
}

diesel::table! {
    webhook_endpoints (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        url -> Text,
        description -> Nullable<Text>,
        event_types -> Array<Text>,
        enabled -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        failing_since -> Nullable<Timestamptz>,
        disabled_because -> Nullable<Text>,
        deleted_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    webhook_master_key (id) {
        id -> Text,
    }
}

diesel::table! {
    works (org_id, id) {
        org_id -> Uuid,
        id -> Uuid,
        external_id -> Nullable<Text>,
        title -> Text,
        nickname -> Nullable<Text>,
        composer -> Text,
        composer_birth_year -> Nullable<Int4>,
        composer_death_year -> Nullable<Int4>,
        arranger -> Nullable<Text>,
        catalogue -> Nullable<Text>,
        key -> Nullable<Text>,
        year_composed -> Nullable<Int4>,
        genre -> Nullable<Text>,
        duration_minutes -> Nullable<Int4>,
        instrumentation -> Nullable<Text>,
        movements -> Jsonb,
        rights -> Text,
        composer_folded -> Text,
        title_folded -> Text,
        search_text -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    api_key_days,
    api_keys,
    audit_log,
    checklist_items,
    collection_versions,
    console_sessions,
    contacts,
    engagements,
    events,
    instruments,
    kept_answers,
    member_requests,
    members,
    organizations,
    performances,
    productions,
    programme_items,
    recovery_codes,
    refused_attempts,
    reports,
    resource_bookings,
    resources,
    second_factors,
    services,
    sign_in_links,
    tours,
    traffic_hours,
    users,
    webhook_attempts,
    webhook_deliveries,
    webhook_endpoint_secrets,
    webhook_endpoints,
    webhook_master_key,
    works,
);
