package io.rbac.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rbac.engine.PolicyStoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    Path folder;

    @Test
    void a_second_store_of_this_process_is_refused_until_the_first_is_closed() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolveSibling(folder.getFileName() + "-link"), folder);
        FilePolicyStore first = FilePolicyStore.open(folder);
        for (Path path : List.of(folder, folder.resolve("."), link)) {
            assertThatThrownBy(() -> FilePolicyStore.open(path))
                    .isInstanceOf(PolicyStoreException.class)
                    .hasMessage("the folder `" + path
                            + "` is in use by another store of this process: expected to be the only one");
        }
        first.close();
        FilePolicyStore.open(link).close();
        FilePolicyStore.open(folder).close();
        Files.delete(link);
    }

    @Test
    void a_second_process_is_refused_until_the_first_has_ended() throws Exception {
        try (OtherProcess first = OtherProcess.start(StoreProcess.class, "hold", folder.toString())) {
            assertThat(first.line()).isEqualTo("open");
            assertThatThrownBy(() -> FilePolicyStore.open(folder))
                    .isInstanceOf(PolicyStoreException.class)
                    .hasMessage(
                            "the folder `" + folder + "` is in use by another process: expected to be the only one");
            first.kill();
            FilePolicyStore.open(folder).close();
        }
    }

    @Test
    void a_second_try_of_the_same_process_does_not_let_other_processes_in() throws Exception {
        try (FilePolicyStore first = FilePolicyStore.open(folder)) {
            assertThatThrownBy(() -> FilePolicyStore.open(folder)).isInstanceOf(PolicyStoreException.class);
            try (OtherProcess second = OtherProcess.start(StoreProcess.class, "hold", folder.toString())) {
                assertThat(second.line()).contains("is in use by another process");
            }
            assertThat(first.load("acme")).isEmpty();
        }
    }
}
