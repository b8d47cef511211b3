package vn.sodiaban.fieldbook.keys

import androidx.test.ext.junit.runners.AndroidJUnit4
import java.security.ProviderException
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.rules.TemporaryFolder
import org.junit.runner.RunWith
import vn.sodiaban.fieldbook.core.KeyStoreException
import vn.sodiaban.fieldbook.harness.SystemKeys

@RunWith(AndroidJUnit4::class)
class NotebookKeyTest {
    @get:Rule val folder = TemporaryFolder()
    private val file by lazy { folder.root.resolve("notebook.key") }
    private val key = ByteArray(32) { it.toByte() }

    @Before fun keys() {
        SystemKeys.lose()
        SystemKeys.install()
    }

    @Test fun `what was kept is there again after a restart, and not as it is on disk`() {
        assertNull(NotebookKey(file).kept())
        NotebookKey(file).keep(key)
        assertArrayEquals(key, NotebookKey(file).kept())
        assertFalse(key.decodeToString() in file.readBytes().decodeToString())
    }

    @Test fun `the last key kept counts`() {
        NotebookKey(file).keep(key)
        NotebookKey(file).keep(key.reversedArray())
        assertArrayEquals(key.reversedArray(), NotebookKey(file).kept())
    }

    @Test fun `a lost key of the system, another one and a damaged file are a lost key`() {
        NotebookKey(file).keep(key)
        val sealed = file.readBytes()
        file.writeBytes(sealed.also { it[sealed.size - 1] = (it[sealed.size - 1] + 1).toByte() })
        assertNull(NotebookKey(file).kept())
        file.writeBytes(ByteArray(3))
        assertNull(NotebookKey(file).kept())
        SystemKeys.lose()
        assertNull(NotebookKey(file).kept())
        NotebookKey(folder.root.resolve("other")).keep(key)
        file.writeBytes(sealed)
        assertNull(NotebookKey(file).kept())
        NotebookKey(file).keep(key)
        assertArrayEquals(key, NotebookKey(file).kept())
    }

    @Test fun `a key store that is away gives up nothing`() {
        NotebookKey(file).keep(key)
        SystemKeys.trouble = { throw ProviderException("busy") }
        assertThrows(KeyStoreException.Unavailable::class.java) { NotebookKey(file).kept() }
        SystemKeys.trouble = null
        assertArrayEquals(key, NotebookKey(file).kept())
    }
}
