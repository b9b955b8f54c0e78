package com.example.jakartachats;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rbac.jackson.RbacModule;
import io.rbac.model.PermissionCatalog;
import jakarta.ws.rs.ext.ContextResolver;

/** The mapper with which answers are written. */
final class Mapper implements ContextResolver<ObjectMapper> {

    private final ObjectMapper mapper;

    Mapper(PermissionCatalog catalog) {
        this.mapper = new ObjectMapper().registerModule(new RbacModule(catalog));
    }

    @Override
    public ObjectMapper getContext(Class<?> type) {
        return mapper;
    }
}
