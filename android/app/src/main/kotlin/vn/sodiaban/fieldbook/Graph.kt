package vn.sodiaban.fieldbook

import android.content.Context
import android.os.Build
import java.io.File
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.withContext
import vn.sodiaban.fieldbook.core.Fieldbook
import vn.sodiaban.fieldbook.core.FieldbookConfig
import vn.sodiaban.fieldbook.core.FieldbookInterface
import vn.sodiaban.fieldbook.core.KeyStore
import vn.sodiaban.fieldbook.keys.NotebookKey
import vn.sodiaban.fieldbook.me.Choices
import vn.sodiaban.fieldbook.notify.Teller
import vn.sodiaban.fieldbook.photo.Pictures
import vn.sodiaban.fieldbook.position.Fixes
import vn.sodiaban.fieldbook.scan.Camera
import vn.sodiaban.fieldbook.scan.PhoneCamera
import vn.sodiaban.fieldbook.sending.Presence
import vn.sodiaban.fieldbook.sending.SendPlan

/** Everything the screens are wired with, by hand. Made on the main thread, so nothing here touches the disk before [open]. */
class Graph(
    private val context: Context,
    private val home: File,
    val camera: Camera = PhoneCamera(context),
    private val load: (FieldbookConfig, KeyStore) -> FieldbookInterface = ::Fieldbook,
) {
    private val directory = home.resolve("notebook")

    /** What the office's list calls this phone. */
    val device: String = "${Build.MANUFACTURER} ${Build.MODEL}"
    val choices = Choices(context, home.name)

    private val core by lazy {
        val version = context.packageManager.getPackageInfo(context.packageName, 0).versionName.orEmpty()
        load(FieldbookConfig(directory.path, directory.resolve("photos").path, version), NotebookKey(home.resolve("notebook.key")))
    }

    /** For what goes on when its page is gone: keeping the last change of a form. */
    val lasting = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)

    /** Whoever holds the phone gave the PIN, or set it, since the app was started. */
    val isOpened = MutableStateFlow(false)
    val networkWatch = NetworkWatch(context)
    val pictures = Pictures(context, home.name)
    val fixes = Fixes(context)
    val plan = SendPlan(context)
    val teller = Teller(context, home.name) { core }
    val presence = Presence(this)

    /** The core; loads its library at the first use, so the first use is [open]'s. */
    val fieldbook: FieldbookInterface get() = core

    /** Off the main thread: the library is loaded and the choices are read. */
    suspend fun open() = withContext(Dispatchers.IO) {
        choices.load()
        core
        Unit
    }
}
