/**
 * Configures rbac in a Spring Boot application by itself: see {@link io.rbac.spring.boot.RbacProperties} for the properties.
 * Every bean gives way to one of the application's own.
 */
@NullMarked
package io.rbac.spring.boot;

import org.jspecify.annotations.NullMarked;
