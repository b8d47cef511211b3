package vn.sodiaban.fieldbook

import java.io.File
import javax.xml.parsers.DocumentBuilderFactory
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Test
import org.w3c.dom.Element

/** The merged manifest, libraries included, against what is meant to be in it. A new line here is a decision. */
class ManifestTest {
    private val manifest = parse(File(checkNotNull(System.getProperty("fieldbook.manifest"))))
    private val application = manifest.all("application").single()
    private val xml = File(checkNotNull(System.getProperty("fieldbook.source")), "android/app/src/main/res/xml")

    private fun parse(file: File): Element = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file).documentElement

    private fun Element.all(tag: String): List<Element> {
        val nodes = getElementsByTagName(tag)
        return (0 until nodes.length).map { nodes.item(it) as Element }
    }

    private fun Element.android(name: String): String = getAttribute("android:$name")

    @Test fun permissionsAreTheseAndNoOthers() = assertEquals(
        sortedSetOf(
            "android.permission.INTERNET",
            "android.permission.ACCESS_NETWORK_STATE",
            "android.permission.ACCESS_COARSE_LOCATION", // asked for the one position of a visit
            "android.permission.ACCESS_FINE_LOCATION",
            "android.permission.CAMERA", // asked when a code is scanned or a photo is taken
            "android.permission.POST_NOTIFICATIONS", // asked after the first record
            "android.permission.WAKE_LOCK", // WorkManager's, this one and the next two
            "android.permission.RECEIVE_BOOT_COMPLETED",
            "android.permission.FOREGROUND_SERVICE",
            "vn.sodiaban.fieldbook.DYNAMIC_RECEIVER_NOT_EXPORTED_PERMISSION", // core-ktx's, signature only
        ),
        manifest.all("uses-permission").map { it.android("name") }.toSortedSet(),
    )

    @Test fun onlyTheLauncherIsOpenAndOnlyTheSystemReachesTheRest() {
        val parts = listOf("activity", "activity-alias", "service", "receiver", "provider").flatMap { application.all(it) }
        assertEquals(emptyList<String>(), parts.filter { it.android("exported") !in setOf("true", "false") }.map { it.android("name") })
        assertEquals(
            sortedMapOf(
                "vn.sodiaban.fieldbook.MainActivity" to "",
                "androidx.work.impl.background.systemjob.SystemJobService" to "android.permission.BIND_JOB_SERVICE",
                "androidx.work.impl.diagnostics.DiagnosticsReceiver" to "android.permission.DUMP",
                "androidx.profileinstaller.ProfileInstallReceiver" to "android.permission.DUMP",
            ),
            parts.filter { it.android("exported") == "true" }.associate { it.android("name") to it.android("permission") }.toSortedMap(),
        )
    }

    @Test fun nothingIsBackedUpNorSentInTheClear() {
        assertEquals("false", application.android("allowBackup"))
        assertEquals("false", application.android("fullBackupContent"))
        assertEquals("@xml/data_extraction_rules", application.android("dataExtractionRules"))
        assertEquals("@xml/network_security_config", application.android("networkSecurityConfig"))
        assertEquals("", application.android("debuggable"))
        assertEquals("", application.android("usesCleartextTraffic"))
        val config = parse(xml.resolve("network_security_config.xml"))
        assertEquals(listOf("false"), config.all("base-config").map { it.getAttribute("cleartextTrafficPermitted") })
        assertEquals(emptyList<Element>(), config.all("domain-config") + config.all("certificates"))
        val rules = parse(xml.resolve("data_extraction_rules.xml"))
        val all = sortedSetOf("root", "file", "database", "sharedpref", "external")
        listOf("cloud-backup", "device-transfer").forEach { way ->
            val excluded = rules.all(way).single().all("exclude")
            assertEquals(way, all, excluded.map { it.getAttribute("domain") }.toSortedSet())
            assertEquals(way, setOf("."), excluded.map { it.getAttribute("path") }.toSet())
        }
        assertEquals(emptyList<Element>(), rules.all("include"))
    }

    @Test fun workManagerIsNotMadeWhileTheAppStarts() {
        assertFalse("androidx.work.WorkManagerInitializer" in application.all("meta-data").map { it.android("name") })
    }
}
