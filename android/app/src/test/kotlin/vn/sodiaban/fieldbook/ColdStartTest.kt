package vn.sodiaban.fieldbook

import android.content.ContentProvider
import android.content.Context
import android.content.pm.PackageManager
import android.database.sqlite.SQLiteDatabase
import androidx.test.core.app.ApplicationProvider
import androidx.test.ext.junit.runners.AndroidJUnit4
import java.io.File
import java.io.RandomAccessFile
import java.net.InetAddress
import java.net.ServerSocket
import java.net.Socket
import java.nio.file.Files
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Rule
import org.junit.Test
import org.junit.rules.RuleChain
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import vn.sodiaban.fieldbook.core.Fieldbook
import vn.sodiaban.fieldbook.harness.AppRule
import vn.sodiaban.fieldbook.harness.OfficeRule
import vn.sodiaban.fieldbook.harness.OfficeRule.Companion.LIAISON
import vn.sodiaban.fieldbook.harness.Watch

/** From the tap on its icon until the first page stands, the app asks nothing of disk or network on the main thread. */
@RunWith(AndroidJUnit4::class)
class ColdStartTest {
    private val office = OfficeRule()
    private val app = AppRule()

    @get:Rule val rules: RuleChain = RuleChain.outerRule(office).around(app)

    private val context: FieldbookApp get() = ApplicationProvider.getApplicationContext()

    @Test fun untilHomNayStandsTheMainThreadTouchesNeitherDiskNorNetwork() {
        val phone = app.ended(app.enrolled(office, LIAISON))
        assertSilent {
            app.open(phone)
            app.see("Bắt đầu nắm tình hình")
        }
    }

    @Test fun norDoesItBeforeAnybodyHasEnrolled() = assertSilent {
        app.openAsItIs()
        app.see("Nhập mã của văn phòng")
    }

    @Test fun norDoLibrariesThatTheSystemStartsBeforeTheApp() {
        val providers = context.packageManager.getPackageInfo(context.packageName, PackageManager.GET_PROVIDERS).providers.orEmpty()
        assertEquals(providers.map { it.name }.toString(), 2, providers.size)
        assertSilent {
            providers.forEach { info ->
                Robolectric.buildContentProvider(Class.forName(info.name).asSubclass(ContentProvider::class.java)).create(info)
            }
        }
    }

    @Test fun theLibraryOfTheCoreIsLoadedOffTheMainThread() {
        var loadedOn: Thread? = null
        val phone = app.phone { config, keys ->
            loadedOn = Thread.currentThread()
            Fieldbook(config, keys)
        }
        app.open(phone)
        app.see("Nhập mã của văn phòng")
        assertTrue("$loadedOn", loadedOn != null && loadedOn !== Thread.currentThread())
    }

    /** Else the tests above could not fail. */
    @Test fun theWatchHearsEachWayToDiskAndNetwork() {
        val file = File(context.dataDir, "planted")
        val door = ServerSocket(0, 1, InetAddress.getLoopbackAddress())
        val plants = mapOf<String, () -> Any?>(
            "a look" to { file.exists() },
            "a folder" to { File(context.dataDir, "folder").mkdirs() },
            "a write" to { file.writeText("x") },
            "a read" to { file.readText() },
            "a random access" to { RandomAccessFile(file, "r").close() },
            "a new way to read" to { Files.readAllBytes(file.toPath()) },
            "the folder of the app's files" to { context.filesDir },
            "a removal" to { file.delete() },
            "choices" to { context.getSharedPreferences("planted", Context.MODE_PRIVATE).getString("a", null) },
            "a database" to { SQLiteDatabase.openOrCreateDatabase(File(context.dataDir, "planted.db"), null).close() },
            "a connection" to { Socket(door.inetAddress, door.localPort).close() },
            "a name" to { InetAddress.getByName("localhost") },
        )
        val unheard = plants.filterValues { plant -> Watch.during { plant() }.isEmpty() }.keys
        door.close()
        assertEquals(emptySet<String>(), unheard)
    }

    private fun assertSilent(start: () -> Unit) {
        val heard = Watch.during(start)
        assertTrue(heard.joinToString("\n", "asked on the main thread:\n"), heard.isEmpty())
    }
}
